#!/usr/bin/env bash
# Compares the probe /health/quick of a running kv-node with a bare Netty HttpServerCodec server that answers a constant; the
# same of a sidecar without tokens, allowlist and figures of clients; and the two sidecars. kv-node has all of that switched on.
# Needs JDK 17, Maven, curl and wrk (apt-get install wrk). All servers get the same JVM options, are warmed up, and take
# turns (A B, B A, A B, ...), so that whatever else the machine does falls on both.
#
# Ends with 1 if the median of the throughput ratios is below 0.95, or the sidecar allocates more per request.
#
#   PAIRS=12 DURATION=3 WARM_UP=10 CONNECTIONS="16 64" examples/benchmarks/probes.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

pairs=${PAIRS:-12}
duration=${DURATION:-3}
warm_up=${WARM_UP:-10}
read -ra connections <<<"${CONNECTIONS:-16 64}"
least_ratio=0.95
jvm=(-Xms256m -Xmx256m -XX:+UseSerialGC)
ops_port=18080
resp_port=16000
codec_port=18081
plain_port=18082

work=$(mktemp -d)
pids=()

finish() {
    if [[ ${#pids[@]} -gt 0 ]]; then kill -KILL "${pids[@]}" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap finish EXIT

fail() {
    printf '%s\n' "$*" >&2
    exit 2
}

await() {
    local end=$((SECONDS + 60))
    until [[ $(curl --silent --output /dev/null --write-out '%{http_code}' "$1") == 200 ]]; do
        if [[ $SECONDS -ge $end ]]; then cat "$work"/*.log >&2 && fail "$1: no 200 within 60 s"; fi
        sleep 0.2
    done
}

ticks_per_second=$(getconf CLK_TCK)

# User CPU time of a process, in clock ticks.
user_ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{print $12}'; }

# Bytes that a thread has allocated since it began, as the JVM itself counts them.
allocated() {
    jcmd "$1" Thread.print -e | awk -v name="\"$2" 'index($0, name) == 1 {
        match($0, /allocated=[0-9]+[BKMG]/)
        size = substr($0, RSTART + 10, RLENGTH - 11)
        unit = substr($0, RSTART + RLENGTH - 1, 1)
        printf "%.0f\n", size * (unit == "K" ? 1024 : unit == "M" ? 1048576 : unit == "G" ? 1073741824 : 1)
    }'
}

# One run of wrk: "requests/s  µs of user CPU per request  bytes allocated per request".
run() {
    local pid=$1 thread=$2 url=$3 clients=$4
    shift 4
    local cpu bytes
    bytes=$(allocated "$pid" "$thread")
    cpu=$(user_ticks "$pid")
    wrk --threads 1 --connections "$clients" --duration "${duration}s" "$@" "$url" >"$work/wrk"
    cpu=$(($(user_ticks "$pid") - cpu))
    bytes=$(($(allocated "$pid" "$thread") - bytes))
    if grep -q -E 'Non-2xx|Socket errors' "$work/wrk"; then cat "$work/wrk" >&2 && fail "$url: not all answers were good"; fi
    awk -v cpu="$cpu" -v hz="$ticks_per_second" -v bytes="$bytes" '
        / requests in /  { requests = $1 }
        /^Requests\/sec/ { rate = $2 }
        END { printf "%.0f %.3f %.0f\n", rate, cpu / hz * 1e6 / requests, bytes / requests }' "$work/wrk"
}

sidecar() { run "$node" outrigger-loop "http://127.0.0.1:$ops_port/health/quick" "$@"; }

plain() { run "$bare_sidecar" outrigger-loop "http://127.0.0.1:$plain_port/health/quick" "$@"; }

codec() { run "$bare" bare-codec "http://127.0.0.1:$codec_port/" "$@"; }

# Runs pairs of two contestants in turns; one line a pair: the first one's three figures, then the second one's.
take_turns() {
    local first=$1 second=$2 pair a b
    shift 2
    for ((pair = 0; pair < pairs; pair++)); do
        if ((pair % 2 == 0)); then
            a=$("$first" "$@")
            b=$("$second" "$@")
        else
            b=$("$second" "$@")
            a=$("$first" "$@")
        fi
        echo "$a $b"
    done
}

# Prints a table of pairs and its summary; the last line is "median of the ratios, bytes sidecar, bytes codec".
summary='
    function median(list, count,   i, j, t) {
        for (i = 2; i <= count; i++) {
            t = list[i]
            for (j = i - 1; j > 0 && list[j] > t; j--) list[j + 1] = list[j]
            list[j + 1] = t
        }
        return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
    }
    {
        rate[NR] = $1 / $4; cpuA[NR] = $2; cpuB[NR] = $5; cpu[NR] = $2 / $5; bytesA[NR] = $3; bytesB[NR] = $6
        printf "  pair %d   %7d/s  %7d/s   ratio %.3f   user CPU %.2f / %.2f µs   allocated %d / %d B\n",
            NR, $1, $4, rate[NR], $2, $5, $3, $6
    }
    END {
        m = median(rate, NR); a = median(bytesA, NR); b = median(bytesB, NR); c = median(cpu, NR)
        printf "  requests/s                    %.3f (%.3f to %.3f)\n", m, rate[1], rate[NR]
        printf "  user CPU per request          %.2f µs : %.2f µs = %.3f (%.3f to %.3f)\n",
            median(cpuA, NR), median(cpuB, NR), c, cpu[1], cpu[NR]
        printf "  allocated per request         %d B : %d B = %.3f\n", a, b, (b > 0 ? a / b : 0)
        printf "%.4f %d %d\n", m, a, b >verdict
    }'

compare() {
    echo "$1"
    shift
    take_turns "$@" | awk -v verdict="$work/verdict" "$summary"
}

for tool in wrk curl jcmd; do command -v $tool >/dev/null || fail "$tool: missing"; done

mvn -q -DskipTests -pl examples/kv-node,examples/benchmarks -am package \
    dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile=target/class-path
java "${jvm[@]}" -cp "$(echo examples/kv-node/target/outrigger-example-kv-node-*.jar):$(cat examples/kv-node/target/class-path)" \
    dev.outrigger.example.kv.KvNode --ops-port $ops_port --port $resp_port --data "$work/data" \
    --token bench-token --allow 127.0.0.1,::1 >"$work/node.log" 2>&1 &
node=$!
pids+=("$node")
java "${jvm[@]}" -cp "examples/benchmarks/target/benchmarks.jar:$(cat examples/benchmarks/target/class-path)" \
    dev.outrigger.example.bench.BareCodecServer $codec_port >"$work/codec.log" 2>&1 &
bare=$!
pids+=("$bare")
java "${jvm[@]}" -cp "examples/benchmarks/target/benchmarks.jar:$(cat examples/benchmarks/target/class-path)" \
    dev.outrigger.example.bench.PlainSidecar $plain_port >"$work/plain.log" 2>&1 &
bare_sidecar=$!
pids+=("$bare_sidecar")
await "http://127.0.0.1:$ops_port/health/quick"
await "http://127.0.0.1:$plain_port/health/quick"
await "http://127.0.0.1:$codec_port/"

echo "$(grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'), $(nproc) cores; $(java -version 2>&1 | sed -n 2p); JVM options: ${jvm[*]}"
for port in $ops_port $plain_port $codec_port; do
    path=$([[ $port == "$codec_port" ]] && echo / || echo /health/quick)
    wrk --threads 1 --connections 16 --duration "${warm_up}s" "http://127.0.0.1:$port$path" >/dev/null
    wrk --threads 1 --connections 16 --duration 2s --header 'Connection: close' "http://127.0.0.1:$port$path" >/dev/null
done

code=0
for clients in "${connections[@]}"; do
    compare "$clients connections, kept alive: kv-node with everything on, then the bare codec server" sidecar codec "$clients"
    read -r ratio bytes_sidecar bytes_codec <"$work/verdict"
    if awk -v ratio="$ratio" -v least="$least_ratio" 'BEGIN { exit ratio < least ? 0 : 1 }'; then
        echo "  TOO SLOW: $ratio (expected: >= $least_ratio)" && code=1
    fi
    if [[ $bytes_sidecar -gt $bytes_codec ]]; then echo "  TOO MUCH ALLOCATED: $bytes_sidecar B (expected: <= $bytes_codec B)" && code=1; fi
done
compare "16 connections, kept alive: a sidecar with nothing on, then the bare codec server (for information)" plain codec 16
compare "16 connections, kept alive: kv-node with everything on, then a sidecar with nothing on (for information)" sidecar plain 16
compare "16 connections, a new one for each request (for information)" sidecar codec 16 --header 'Connection: close'
exit $code
