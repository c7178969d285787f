#!/usr/bin/env bash
# A Spark standalone cluster on this machine: a master and two workers of one core each, as JVMs of
# their own on the loopback address, from the jars that the build resolved.
#
# Environment: MASTER_PORT (7077), MASTER_UI_PORT (8080), WORKER_MEMORY (1g),
#              CLUSTER_DIR (target/standalone-cluster: process ids, logs, work directories).
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
directory="${CLUSTER_DIR:-$home/target/standalone-cluster}"
master_port="${MASTER_PORT:-7077}"
master_ui_port="${MASTER_UI_PORT:-8080}"
master_url="spark://127.0.0.1:$master_port"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"

export SPARK_HOME="$home/example-app/target/spark"
export SPARK_SCALA_VERSION=2.13
export SPARK_LOCAL_IP=127.0.0.1
export SPARK_LOCAL_DIRS="$directory/local"
export SPARK_NO_DAEMONIZE=1

# Prints the process id of a member that runs, or fails.
running_pid() {
  local pid
  pid="$(cat "$directory/$1.pid" 2>/dev/null)" || return 1
  kill -0 "$pid" 2>/dev/null || return 1
  # The number may be another process's by now, where that can be told.
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'org.apache.spark.deploy' || return 1
  fi
  echo "$pid"
}

# Starts a member. Arguments: its name, its class, the arguments of the class.
launch() {
  local name="$1"
  shift
  if running_pid "$name" >/dev/null; then
    return
  fi
  nohup "$java" "@$home/dev/java-options" -Xmx512m -cp "$SPARK_HOME/jars/*" "$@" \
    >"$directory/$name.log" 2>&1 </dev/null &
  echo "$!" >"$directory/$name.pid"
}

registered() {
  grep -s -c 'Registering worker 127.0.0.1' "$directory/master.log" || true
}

await_workers() {
  for _ in $(seq 1 300); do
    running_pid master >/dev/null || give_up "The master ended."
    if [ "$(registered)" -ge 2 ]; then
      return
    fi
    sleep 0.2
  done
  give_up "The workers did not register within a minute."
}

give_up() {
  echo "Error: $1 See the logs in $directory:" >&2
  tail -n 5 "$directory"/*.log >&2 || true
  stop
  exit 1
}

start() {
  if [ ! -d "$SPARK_HOME/jars" ]; then
    echo "Error: $SPARK_HOME/jars is missing. Run ./mvnw -DskipTests package first." >&2
    exit 1
  fi
  mkdir -p "$directory"
  local worker=(org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0
    --cores 1 --memory "${WORKER_MEMORY:-1g}")
  # On a port in use it ends: on the next one its workers would register with the other master.
  launch master -Dspark.port.maxRetries=0 -Dspark.master.rest.enabled=false org.apache.spark.deploy.master.Master \
    --host 127.0.0.1 --port "$master_port" --webui-port "$master_ui_port"
  for number in 1 2; do
    launch "worker-$number" "${worker[@]}" --work-dir "$directory/work-$number" "$master_url"
  done
  await_workers
  status
}

stop() {
  local pid name
  for name in worker-2 worker-1 master; do
    if pid="$(running_pid "$name")"; then
      kill "$pid" 2>/dev/null || true
      for _ in $(seq 1 50); do
        running_pid "$name" >/dev/null || break
        sleep 0.2
      done
      if running_pid "$name" >/dev/null; then
        kill -9 "$pid" 2>/dev/null || true
      fi
    fi
    rm -f "$directory/$name.pid"
  done
}

status() {
  local pid name down=0
  for name in master worker-1 worker-2; do
    if pid="$(running_pid "$name")"; then
      echo "$name runs as process $pid"
    else
      echo "$name does not run"
      down=1
    fi
  done
  if [ "$down" = 0 ]; then
    echo "$master_url, web UI at http://127.0.0.1:$master_ui_port, logs in $directory"
  fi
  return "$down"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  status) status ;;
  *)
    echo "usage: dev/standalone-cluster.sh start|stop|status" >&2
    exit 1
    ;;
esac
