# Lifeboat as an image: the command, which is also the worker (`lifeboat worker`).
# Versions are exact. To move one, change it here and run tools/check-compose.

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /source
COPY . .
# Tests belong to ./mvnw verify and need servers that are not here.
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode --quiet -DskipTests -Dspotless.check.skip=true package

FROM eclipse-temurin:25.0.3_9-jre-noble AS java

FROM debian:13.5-slim
# Debian keeps only the newest security fix of a package, so pinning these would only make the build fail later.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends age ca-certificates postgresql-client-17 zstd \
  && rm -rf /var/lib/apt/lists/* \
  && groupadd --gid 10001 lifeboat \
  && useradd --uid 10001 --gid lifeboat --home-dir /var/lib/lifeboat --create-home --shell /usr/sbin/nologin lifeboat \
  && install -d -o root -g root /etc/lifeboat /opt/lifeboat/.mvn

# A JRE is enough here, and it is the only Java there is: the launcher has nothing to search for.
ENV JAVA_HOME=/opt/java/openjdk
COPY --from=java /opt/java/openjdk /opt/java/openjdk
RUN printf 'JAVA_HOME=/opt/java/openjdk\nexport JAVA_HOME\n' > /opt/lifeboat/.mvn/jdk.sh

# Owned by root: the worker cannot change itself.
COPY --from=build /source/lifeboat /opt/lifeboat/lifeboat
COPY --from=build /source/target/dist/lib /opt/lifeboat/lib

# The real programs: Debian's /usr/bin/pg_dump is a wrapper that starts Perl first.
ENV LIFEBOAT_PG_BIN=/usr/lib/postgresql/17/bin \
    LANG=C.UTF-8 \
    PATH=/opt/lifeboat:/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

USER 10001:10001
WORKDIR /var/lib/lifeboat
ENTRYPOINT ["/opt/lifeboat/lifeboat"]
CMD ["--help"]
