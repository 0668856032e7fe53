#!/usr/bin/env bash
# Backs up and restores a node's table, and compares that with tar and zstd on the same disk: "tar -I 'zstd -3 -T2'" and
# "zstd -dc | tar x". The node does everything that it does for an operator: it is asked over HTTP, hashes what it writes and reads,
# keeps a manifest, and has all of it on disk before it answers. Its heap is 64 MiB. Needs JDK 17, Maven, curl, tar and zstd.
#
#   examples/benchmarks/backup.sh                1 GiB in 64 files as 1, 4 and 64 shards, and 20,000 small files
#   examples/benchmarks/backup.sh --small        the 20,000 small files alone
#   examples/benchmarks/backup.sh --huge         10 GiB, made as they are read; there and back, without a contestant
#   examples/benchmarks/backup.sh --probes       /health/quick every 5 ms, with and without a backup meanwhile
#   examples/benchmarks/backup.sh --smoke        a little of everything: do these still run?
#
# The contestants take turns (A B, B A, ...). Both pay for the disk: ours forces each file, tar's archive gets a sync, and what it
# unpacks a "sync -f" of the file system. Before each turn the file system is synced, untimed; nothing is dropped from the page
# cache. What comes back is compared byte by byte.
#
# A round is a new JVM, whose start is not timed. It does the same WARM_UPS times before what counts, since a node that runs for
# months and backs up each night has its code compiled: 3 times 1 GiB, 12 times the small files, after which it gets no faster. Then
# it takes TURNS turns. The very first time, when it is cold, is timed too and stands beside them.
#
# Ends with 1 if a median says that ours is slower when warm, or something came back wrong.
#
#   ROUNDS=5 TURNS=5 SHARDS="1 4 64" WARM_UPS=3 DIRECTORY=/var/tmp JAVA_OPTIONS="-Xmx64m -XX:+UseSerialGC" examples/benchmarks/backup.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

mode=${1:---all}
rounds=${ROUNDS:-5}
turns=${TURNS:-5}
shards=${SHARDS:-1 4 64}
read -ra jvm <<<"${JAVA_OPTIONS:--Xmx64m -XX:+UseSerialGC}"
port=18084
base=http://127.0.0.1:$port
package=dev.outrigger.example.bench.backup
mib=1048576

work=$(mktemp -d "${DIRECTORY:-/var/tmp}/outrigger-backup.XXXXXX")
node=
code=0

end_node() {
    if [[ -n $node ]]; then
        kill -KILL "$node" 2>/dev/null || true
        wait "$node" 2>/dev/null || true
        node=
    fi
}

finish() {
    end_node
    rm -rf "$work"
}
trap finish EXIT

fail() {
    printf '%s\n' "$*" >&2
    exit 2
}

now() { date +%s%N; }

in_java() { java -cp "$class_path" "$@"; }

# A table of $1 files of $2 bytes in $3 shards.
describe_load() {
    files=$1
    file_bytes=$2
    shard_count=$3
    load_bytes=$((files * file_bytes))
}

memory_kib() { sed -n "s/^$1:[^0-9]*\([0-9]*\) kB/\1/p" "/proc/$node/status"; }

# Starts a node whose table is "stored" or "synthetic".
start_node() {
    java "${jvm[@]}" -cp "$class_path" "$package.BackupNode" "$port" "$1" "$work" "$files" "$file_bytes" "$shard_count" >"$work/node.log" 2>&1 &
    node=$!
    local end=$((SECONDS + 60))
    until [[ $(curl --silent --output /dev/null --write-out '%{http_code}' "$base/ready") == 200 ]]; do
        if ! kill -0 "$node" 2>/dev/null; then cat "$work/node.log" >&2 && fail "the node ended before it was ready"; fi
        if [[ $SECONDS -ge $end ]]; then cat "$work/node.log" >&2 && fail "$base: not ready within 60 s"; fi
        sleep 0.2
    done
    idle_kib=$(memory_kib VmRSS)
}

# Ends the node; prints "heap growth peak" in MiB.
stop_node() {
    local peak heap
    peak=$(memory_kib VmHWM)
    heap=$(curl --silent --fail "$base/metrics" | awk '$1 == "load_heap_peak_bytes" { print $2 }')
    awk -v heap="$heap" -v peak="$peak" -v idle="$idle_kib" -v mib="$mib" \
        'BEGIN { printf "%.0f %.0f %.0f", heap / mib, (peak - idle) / 1024, peak / 1024 }'
    end_node
}

post() { curl --silent --show-error --max-time 900 --header 'Content-Type: application/json' --data "$2" "$base/api/v1$1"; }

order() { printf '{"backup_id":"b1","location":"file://%s/backups"}' "$work"; }

order_backup() {
    local answer
    answer=$(post '/backup?wait=900' "$(order)")
    if [[ $answer != *'"status":"completed"'* ]]; then fail "backup: $answer"; fi
}

order_restore() {
    local answer job
    answer=$(post /restore "$(order)")
    job=$(sed -n 's/.*"job_id":"\([^"]*\)".*/\1/p' <<<"$answer")
    if [[ -z $job ]]; then fail "restore: $answer"; fi
    curl --silent --no-buffer --max-time 900 "$base/api/v1/jobs/$job/events" >"$work/events"
    answer=$(curl --silent "$base/api/v1/jobs/$job")
    if [[ $answer != *'"state":"completed"'* ]]; then fail "restore: $answer"; fi
}

cpu_ms() { awk -v tick="$(getconf CLK_TCK)" '{ print ($14 + $15) * 1000 / tick }' "/proc/$node/stat"; }

# Has the node do something; prints "milliseconds milliseconds-of-CPU".
timed() {
    local start cpu
    cpu=$(cpu_ms)
    start=$(now)
    "$1"
    echo "$((($(now) - start) / 1000000)) $(($(cpu_ms) - cpu))"
}

settle() { sync -f "$work"; }

# Removes files; many of them not before all turns are over. A file system that has to look for a free inode behind thousands that were
# removed a moment ago (ext4 without a journal) is many times slower for whoever comes next.
put_away() {
    if ((files > 1000)); then
        mkdir -p "$work/away"
        mv "$@" "$(mktemp -d "$work/away/XXXXXX")" 2>/dev/null || true
    else
        rm -rf "$@"
    fi
}

our_backup() {
    put_away "$work"/backups/*
    settle
    timed order_backup
}

our_restore() {
    put_away "$work"/restored/*
    settle
    timed order_restore
}

# Runs a command; prints "milliseconds milliseconds-of-CPU" of it and its children.
timed_command() {
    local TIMEFORMAT='%R %U %S'
    { time "$@"; } 2>"$work/times"
    awk '{ printf "%.0f %.0f", $1 * 1000, ($2 + $3) * 1000 }' "$work/times"
}

pack() {
    tar -C "$work/data" -I 'zstd -q -3 -T2' -cf "$work/tar/b1.tar.zst" .
    sync "$work/tar/b1.tar.zst"
}

unpack() {
    zstd -q -dc "$work/tar/b1.tar.zst" | tar -C "$work/untar" -x
    sync -f "$work/untar"
}

their_backup() {
    rm -rf "$work/tar" && mkdir "$work/tar"
    settle
    timed_command pack
}

their_restore() {
    put_away "$work/untar" && mkdir "$work/untar"
    settle
    timed_command unpack
}

# Takes turns at "backup" or "restore". Prints "turn ROUND", our milliseconds and of CPU, and tar's, for each turn; and for each round
# "node ROUND", the same of the cold node, and what stop_node says.
take_turns() {
    local round turn warm_up cold ours theirs
    for ((round = 1; round <= rounds; round++)); do
        put_away "$work/ops"
        start_node stored
        cold=$("our_$1")
        for ((warm_up = 0; warm_up < warm_ups; warm_up++)); do "our_$1" >/dev/null; done
        for ((turn = 1; turn <= turns; turn++)); do
            if (((round + turn) % 2)); then
                theirs=$("their_$1")
                ours=$("our_$1")
            else
                ours=$("our_$1")
                theirs=$("their_$1")
            fi
            echo "turn $round $ours $theirs"
        done
        stop_node >"$work/memory"
        echo "node $round $cold $(cat "$work/memory")"
        if [[ $1 == restore ]]; then
            come_back "$work/restored/table"
            come_back "$work/untar"
        fi
    done
}

# Compares what lies below a directory with what was backed up.
come_back() {
    in_java "$package.DataFiles" compare "$1" "$files" "$file_bytes" "$shard_count" || fail "$1: other files"
}

# Prints the rounds and their medians.
judge() {
    awk -v what="$1" -v bytes="$load_bytes" -v mib="$mib" -v verdict="$work/verdict" '
        function sort(list, count,   i, j, t) {
            for (i = 2; i <= count; i++) {
                t = list[i]
                for (j = i - 1; j > 0 && list[j] > t; j--) list[j + 1] = list[j]
                list[j + 1] = t
            }
        }
        function median(list, count) {
            sort(list, count)
            return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
        }
        function most(list, count) { sort(list, count); return list[count] }
        # Returns the median of a column of the turns of one round, or of all.
        function of(column, round,   i, n, list) {
            for (i = 1; i <= count; i++) if (!round || turn[i, "round"] == round) list[++n] = turn[i, column]
            return median(list, n)
        }
        $1 == "turn" {
            turn[++count, "round"] = $2
            turn[count, "ours"] = $3
            turn[count, "theirs"] = $5
            turn[count, "ratio"] = $3 / $5
            turn[count, "cpu"] = $4
            turn[count, "their cpu"] = $6
            turn[count, "cpu ratio"] = $4 / $6
        }
        $1 == "node" {
            ratio[++rounds] = of("ratio", $2)
            cpu[rounds] = of("cpu ratio", $2)
            cold[rounds] = $3 / of("theirs", $2)
            heap[rounds] = $5; growth[rounds] = $6; peak[rounds] = $7
            printf "    round %d: %6d ms : %6d ms = %.2f; cold %d ms = %.2f; CPU %d ms : %d ms = %.2f, cold %d ms; heap %d MiB, RSS +%d to %d MiB\n",
                $2, of("ours", $2), of("theirs", $2), ratio[rounds], $3, cold[rounds], of("cpu", $2), of("their cpu", $2), cpu[rounds], $4, $5, $6, $7
        }
        END {
            m = of("ratio"); o = of("ours"); t = of("theirs")
            c = median(cold, rounds); sort(ratio, rounds); sort(cpu, rounds)
            printf "  %s: %.0f ms : %.0f ms, %.0f : %.0f MiB/s, ratio %.2f (of rounds %.2f to %.2f)\n",
                what, o, t, bytes / mib / o * 1000, bytes / mib / t * 1000, m, ratio[1], ratio[rounds]
            printf "  of CPU %.2f (%.2f to %.2f), of time when cold %.2f (%.2f to %.2f)\n",
                of("cpu ratio"), cpu[1], cpu[rounds], c, cold[1], cold[rounds]
            printf "  peak heap %d MiB, peak RSS %d MiB, of which %d more than the idle node\n",
                most(heap, rounds), most(peak, rounds), most(growth, rounds)
            print (m > 1) >verdict
        }' "$work/turns"
    if [[ $mode != --smoke && $(cat "$work/verdict") == 1 ]]; then echo "  TOO SLOW (expected: <= 1)" && code=1; fi
}

prepare() {
    rm -rf "$work/data"
    in_java "$package.DataFiles" write "$work/data" "$files" "$file_bytes" "$shard_count"
}

compare() {
    echo "$1: $files files, $((load_bytes / mib)) MiB, $shard_count shards"
    prepare
    take_turns backup >"$work/turns"
    judge "backup, ours : tar and zstd"
    take_turns restore >"$work/turns"
    judge "restore, ours : zstd and tar"
    rm -rf "$work/away"
}

large() {
    local count
    local warm_ups=${WARM_UPS:-3}
    for count in $shards; do
        describe_load 64 "$1" "$count"
        compare "large files"
    done
}

small() {
    local warm_ups=${WARM_UPS:-12}
    describe_load "$1" 8192 4
    compare "small files"
}

huge() {
    describe_load 64 "$1" 4
    local free
    free=$(($(df --output=avail -B1 "$work" | tail -n 1)))
    if ((free < load_bytes * 2)); then fail "$work: $((free / mib)) MiB free (expected: $((load_bytes * 2 / mib)))"; fi
    echo "huge: $files files, $((load_bytes / mib)) MiB, $shard_count shards, ${jvm[*]}"
    local what cold
    for what in backup restore; do
        start_node synthetic
        cold=$("our_$what")
        stop_node >"$work/memory"
        awk -v what="$what" -v bytes="$load_bytes" -v mib="$mib" '{
            printf "  %s: %.1f s, %.0f MiB/s, peak heap %d MiB, peak RSS %d MiB, of which %d more than the idle node\n",
                what, $1 / 1000, bytes / mib / $1 * 1000, $3, $5, $4 }' <<<"$cold $(cat "$work/memory")"
    done
    rm -rf "$work/backups" "$work/restored"
}

probe() {
    in_java -Xmx32m -XX:+UseSerialGC "$package.ProbeClient" "$port" "$1" |
        awk -v what="$2" '{ printf "  %s: median %.2f ms, p99 %.2f ms, longest %.2f ms\n", what, $1, $2, $3 }'
}

# Backups follow one another for as long as the probes are asked for.
probes() {
    local seconds=$1
    describe_load 64 "$2" 4
    echo "probes: every 5 ms for $seconds s, while $((load_bytes / mib)) MiB are backed up, $shard_count shards at once"
    prepare
    rm -rf "$work/backups" "$work/ops"
    start_node stored
    probe "$seconds" "idle node"
    probe "$seconds" "during a backup" >"$work/probes" &
    local client=$! made=0
    while kill -0 "$client" 2>/dev/null; do
        order_backup
        rm -rf "$work/backups/"*
        made=$((made + 1))
    done
    wait "$client"
    cat "$work/probes"
    echo "  $made backups were made meanwhile"
    end_node
}

for tool in curl tar zstd; do command -v $tool >/dev/null || fail "$tool: missing"; done
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "port $port is taken"; fi

mvn -q -DskipTests -pl examples/benchmarks -am package
class_path=$(printf '%s:' examples/benchmarks/target/benchmarks.jar examples/benchmarks/target/lib/*.jar)
echo "$(grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg);" \
    "$(java -version 2>&1 | sed -n 2p); $(df --output=fstype "$work" | tail -n 1); ${jvm[*]}"
case $mode in
    --all)
        large $((16 * mib))
        small 20000
        ;;
    --small) small 20000 ;;
    --huge) huge $((160 * mib)) ;;
    --probes) probes 20 $((16 * mib)) ;;
    --smoke)
        rounds=1
        turns=1
        WARM_UPS=1
        shards=2
        large $((64 * 1024))
        small 40
        huge $((256 * 1024))
        probes 1 $((64 * 1024))
        ;;
    *) fail "$mode (expected: nothing, --small, --huge, --probes or --smoke)" ;;
esac
exit $code
