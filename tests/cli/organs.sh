#!/usr/bin/env bash
# Organs on the command line: found, renamed, merged, imported.
. "$(dirname "$0")/tap.sh"

data=$tmp/data
organ() { run organ "$1" --data "$data" "${@:2}"; }
act() { organ "$@" --basis 示编〔2024〕3号 --on 2024-03-01; }

act add 示例市人民政府 slug=shi code=001
is "an organ is founded" ends 0 "founded: 示例市人民政府 (1)"
act add 示例市水务局 --parent 001 slug=shuiwu phone=0000-1234567
is "another below it, found by its code" ends 0 "(2)"
act add 水资源科 --parent 示例市水务局 kind=section
is "a section" ends 0 "(3)"
organ add 示例市教育局 --parent 1
is "without a decision it is refused" eval 'exits 2 && complains decision'
organ list
is "the list has all of them" ends 0 "水资源科"
organ list 水务
is "a search has what fits" eval 'exits 0 && says 示例市水务局 && lacks 示例市人民政府'
act rename shuiwu 示例市水利局 --slug shuili --dry-run
is "a rename can be looked at first" ends 0 "would be renamed: 示例市水利局"
organ show 2
is "and has changed nothing" ends 0 "示例市水务局"
act rename shuiwu 示例市水利局 --slug shuili
is "an organ is renamed" ends 0 "renamed: 示例市水利局"
organ show shuiwu
is "its old address and name still find it" ends 0 "示例市水利局"
organ show 示例市水务局
is "by name as well" ends 0 "renamed"
organ list 水务局 --json
is "a search says so in JSON" ends 0 '"name":"示例市水利局"'
organ edit shuili phone= fax=0000-7654321
is "facts are edited" ends 0 "version"
organ edit shuili colour=red
is "an unknown field is a mistake" eval 'exits 2 && complains colour'
organ edit shuili name=别名
is "a name changes by renaming only" complains renaming
act add 示例市住房和城乡建设局 --parent shi
act merge shuili 示例市住房和城乡建设局
is "an organ is merged and says what follows" ends 0 "原在它之下的1个"
organ show 示例市住房和城乡建设局 --json
is "the heir names its forerunner" ends 0 '"forerunners":[{"id":2'
act merge shuili shi
is "one that has ended is not merged again" eval 'exits 4 || exits 2; complains ended'
act abolish shi
is "one with others below is not abolished" complains "below it"
act move 水资源科 shi
is "a section is moved" ends 0 "moved: 水资源科"
organ line 水资源科 4 水资源管理
is "a line of supervision begins" ends 0 begun
organ line 水资源科 4 水资源管理 --end
is "and ends" ends 0 ended
organ show nobody
is "one that is not there is missing" complains "names 0 organs"

organ export
cp "$tmp/out" "$tmp/organs.csv"
is "the export names the columns in Chinese" ends 0 "机关名称"
organ import "$tmp/organs.csv" --dry-run
is "it comes back without a change" ends 0 "0 add, 0 change, 3 same, 0 refuse"
printf '机关名称,上级机关,联系电话\n示例市财政局,示例市人民政府,1\n国库处,示例市财政局,2\n' >"$tmp/new.csv"
act import "$tmp/new.csv" --dry-run
is "a file is planned" ends 0 "2 add"
organ list
is "and nothing kept" lacks 国库处
act import "$tmp/new.csv"
is "then it goes in" ends 0 "2 add"
printf '机关名称,上级机关\n示例市审计局,示例市人民政府\n甲处,没有的局\n' >"$tmp/bad.csv"
act import "$tmp/bad.csv"
is "a file with a bad line is refused as a whole" complains "line 3"
organ list
is "so nothing of it is there" lacks 审计局
printf '\xbb\xfa\xb9\xd8\xc3\xfb\xb3\xc6,\xc1\xaa\xcf\xb5\xb5\xe7\xbb\xb0\r\n\xca\xbe\xc0\xfd\xca\xd0\xb2\xc6\xd5\xfe\xbe\xd6,9\r\n' >"$tmp/gb.csv"
act import "$tmp/gb.csv" --dry-run
is "a file of a Chinese spreadsheet is read" ends 0 "1 change"
head -c 4000 /dev/urandom >"$tmp/noise.csv"
act import "$tmp/noise.csv"
is "noise is refused" eval '! exits 0'

{
    echo name,parent,code
    echo 示例省人民政府,,p0
    for i in $(seq 1 9999); do echo "示例第$i局,p$(((i - 1) / 8)),p$i"; done
} >"$tmp/many.csv"
act import "$tmp/many.csv"
is "ten thousand organs go in at once" eval 'exits 0 && says "10000 add"'

run division find 长安区
is "divisions are found by name" ends 0 "河北省石家庄市长安区"
run division find 130102 --json
is "and by code" ends 0 '"name":"河北省石家庄市长安区"'
run division find 没有的地方
is "or not at all" complains "no such division"
done_testing
