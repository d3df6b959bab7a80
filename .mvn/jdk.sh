# Exports JAVA_HOME: the one that is set if it is a JDK 21 or newer, else a JDK 25, else the newest one found.
# Sourced by mvnw and by the lifeboat launcher. Reads the JDKs' release files and starts no JVM.
jdk_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

jdk_find() {
  case $- in *f*) jdk_noglob=1 ;; *) jdk_noglob= ;; esac
  set +f # mvnw runs with globbing off
  jdk_best= jdk_best_major=0 jdk_seen=
  jdk_path=$(command -v java || :)
  [ -z "$jdk_path" ] || jdk_path=$(readlink -f "$jdk_path" 2>/dev/null || :)
  for jdk in "${JAVA_HOME-}" "${jdk_path%/bin/java}" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$jdk" ] && [ -x "$jdk/bin/javac" ] && [ -x "$jdk/bin/java" ] || continue
    jdk_found=$(jdk_major "$jdk")
    [ -n "$jdk_found" ] || continue
    jdk_seen="$jdk_seen $jdk($jdk_found)"
    [ "$jdk_found" -ge 21 ] || continue
    if [ "$jdk" = "${JAVA_HOME-}" ] || [ "$jdk_found" -eq 25 ]; then
      jdk_best=$jdk
      break
    fi
    if [ "$jdk_found" -gt "$jdk_best_major" ]; then jdk_best=$jdk jdk_best_major=$jdk_found; fi
  done
  [ -z "$jdk_noglob" ] || set -f
  if [ -z "$jdk_best" ]; then
    echo "A JDK 21 or newer is needed (25 is best). Found:${jdk_seen:- none}." >&2
    echo "Hint: install one, or point JAVA_HOME at it." >&2
    return 1
  fi
  JAVA_HOME=$jdk_best
  export JAVA_HOME
}

jdk_find || exit 1
