#!/bin/sh
# Makes sure of the namespace, of 90 days of closed runs, and of the search attributes. Safe to repeat.
# Wants TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, which the command line tool reads itself.
set -eu

retention=90d

tries=0
until temporal operator cluster health > /dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge 30 ]; then
    echo "Temporal does not answer at $TEMPORAL_ADDRESS." >&2
    echo "Hint: look at 'docker compose logs temporal'." >&2
    exit 1
  fi
  sleep 2
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" > /dev/null 2>&1; then
  temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$retention" > /dev/null
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$retention" > /dev/null
fi

# One call each: the tool registers only as many names as it was given types, and says nothing of the others.
# Repeated, because a namespace just made is not known to every part of the server at once.
for attribute in LifeboatTarget LifeboatRun LifeboatWaiting; do
  tries=0
  until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
    --name "$attribute" --type Keyword > /dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 15 ] || exit 1
    sleep 2
  done
done

echo "namespace '$TEMPORAL_NAMESPACE' keeps closed runs for $retention and knows LifeboatTarget, LifeboatRun, LifeboatWaiting"
