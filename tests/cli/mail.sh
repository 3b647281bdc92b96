#!/usr/bin/env bash
# Mail from the command line, against a mail server that the test starts (tests/peers/smtp_sink.mjs).
. "$(dirname "$0")/tap.sh"
unset "${!GONGKAI_@}"
export GONGKAI_CONFIG=

coproc sink { exec node "$source/tests/peers/smtp_sink.mjs" --no-tls; }
read -r -t 20 -u "${sink[0]}" line
port=$(sed 's/.*"port":\([0-9]*\).*/\1/' <<<"$line")
export GONGKAI_DATA=$tmp/site GONGKAI_MAIL_TLS=plain GONGKAI_MAIL_PORT=$port GONGKAI_MAIL_FROM=xxgk@example.gov.cn
run db migrate
is "the site is made" exits 0

run mail test wang@example.gov.cn
is "without a mail server it is said what is missing" eval '[[ $status != 0 ]] && complains mail.host'
export GONGKAI_MAIL_HOST=127.0.0.1
run mail test wang@example.gov.cn
is "a test mail is taken" ends 0 "taken by 127.0.0.1: 250"
read -r -t 20 -u "${sink[0]}" line
is "and arrives" eval '[[ $line == *wang@example.gov.cn* ]]'
run mail test no@example.gov.cn
is "a refusal is shown in the server's words" eval '[[ $status != 0 ]] && complains "550 5.1.1 no such person"'
run mail test 'a b@c'
is "what is no address is not sent" eval '[[ $status != 0 ]] && complains "not a mail address"'
GONGKAI_MAIL_PORT=1 run mail test wang@example.gov.cn
is "a server that is away is named" eval '[[ $status != 0 ]] && complains "no connection to 127.0.0.1"'

run mail list
is "there is no mail yet" exits 0
run mail retry 1
is "what is not there cannot be tried again" eval '[[ $status != 0 ]] && complains "no such mail"'
run mail drop one
is "a mail is named by its number" eval '[[ $status != 0 ]] && complains "gongkai mail list"'
run job run outbox
is "the job has nothing to do" ends 0 "nothing to do"

exec {sink[1]}>&-
done_testing
