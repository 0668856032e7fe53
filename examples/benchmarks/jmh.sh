#!/usr/bin/env bash
# Runs the JMH benchmarks a few times over, each time in new JVMs, and prints for each pair of contestants the ratio of their
# times and of what they allocate: the median of the rounds, with the least and the greatest. Takes about two minutes a round.
# Needs JDK 17 and Maven.
#
#   ROUNDS=3 examples/benchmarks/jmh.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${ROUNDS:-3}
results=examples/benchmarks/target/rounds
rm -rf "$results"

mvn -q -DskipTests -pl examples/benchmarks -am package
mkdir -p "$results"
echo "$(grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'), $(nproc) cores; $(java -version 2>&1 | sed -n 2p)"
for ((round = 1; round <= rounds; round++)); do
    timeout 600 java -jar examples/benchmarks/target/benchmarks.jar -prof gc -rf csv -rff "$results/$round.csv" >"$results/$round.log" 2>&1 ||
        { tail -n 40 "$results/$round.log" >&2 && exit 1; }
    echo "round $round of $rounds done"
done

awk -F, '
    function compare(what, ours, theirs) { wanted++; text[wanted] = what; a[wanted] = ours; b[wanted] = theirs }
    function median(list, count,   i, j, t) {
        for (i = 2; i <= count; i++) {
            t = list[i]
            for (j = i - 1; j > 0 && list[j] > t; j--) list[j + 1] = list[j]
            list[j + 1] = t
        }
        return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
    }
    # Medians of the two contestants, and of their ratio round by round.
    function row(what, kind, digits, ours, theirs,   r, x, y, q, mx, my, mq) {
        for (r = 1; r <= rounds; r++) {
            x[r] = score[r, ours kind]; y[r] = score[r, theirs kind]; q[r] = y[r] > 0 ? x[r] / y[r] : 0
        }
        mx = median(x, rounds); my = median(y, rounds); mq = median(q, rounds)
        printf "  %-52s %12." digits "f : %12." digits "f %-6s = %7.3f  (%.3f to %.3f)\n",
            what, mx, my, unit[ours kind], mq, q[1], q[rounds]
    }
    FNR == 1 { rounds++; next }
    {
        gsub(/["\r]/, "")
        name = $1
        sub(/.*\.bench\./, "", name)
        kind = ""
        if (match(name, /:/)) { kind = substr(name, RSTART); name = substr(name, 1, RSTART - 1) }
        key = name " " $8 $9 $10 kind
        score[rounds, key] = $5
        unit[key] = $7
    }
    END {
        compare("publication, 0 checks: report with answers : without", "PublicationBenchmark.publish 0answers", "PublicationBenchmark.publish 0report")
        compare("publication, 10 checks", "PublicationBenchmark.publish 10answers", "PublicationBenchmark.publish 10report")
        compare("publication, 50 checks", "PublicationBenchmark.publish 50answers", "PublicationBenchmark.publish 50report")
        compare("/health, 65,536 shards: ours : jackson-core", "ShardArrayBenchmark.outrigger ", "ShardArrayBenchmark.jacksonCore ")
        compare("100,000 lines, whole values: ours : raw floor", "ExpositionBenchmark.outrigger whole", "ExpositionBenchmark.rawFloor whole")
        compare("100,000 lines, decimals: ours : raw floor", "ExpositionBenchmark.outrigger decimal", "ExpositionBenchmark.rawFloor decimal")
        compare("simpleclient registry: ours : TextFormat", "SimpleclientBenchmark.outrigger ", "SimpleclientBenchmark.textFormat ")
        print "time"
        for (i = 1; i <= wanted; i++) row(text[i], "", 3, a[i], b[i])
        print "allocated"
        for (i = 1; i <= wanted; i++) row(text[i], ":gc.alloc.rate.norm", 0, a[i], b[i])
    }' "$results"/*.csv
