-- 信息处理费 (国办函〔2020〕109号): what an applicant was asked to pay for a request, what it was
-- counted from, and what was paid. Amounts are whole yuan.

CREATE TABLE fee (
    site_id        BIGINT NOT NULL,
    fee_id         BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    organ_id       BIGINT NOT NULL,             -- of the request
    fact_id        BIGINT NOT NULL,             -- request_fact: the notice went out; 0 where nothing is asked
    basis          TEXT   NOT NULL,             -- item page
    provision      TEXT   NOT NULL,             -- paper email copy inspect told: how the reply is given
    first_unit     BIGINT NOT NULL,             -- of the scale
    last_unit      BIGINT NOT NULL,
    full_yuan      BIGINT NOT NULL,             -- by the scale
    yuan           BIGINT NOT NULL,             -- asked for; never more
    reason         TEXT   NOT NULL,             -- why less
    noticed_on     BIGINT NOT NULL,
    document       TEXT   NOT NULL,             -- number of the notice
    how            TEXT   NOT NULL,             -- how to pay, as the notice says it
    paid_yuan      BIGINT NOT NULL,             -- what stands in fee_money, refunds taken off
    settled_on     BIGINT,                      -- paid in full, in time
    voided_at      BIGINT,
    void_reason    TEXT   NOT NULL,
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     BIGINT NOT NULL,
    person_id      BIGINT,
    PRIMARY KEY (site_id, fee_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX fee_standing ON fee (site_id, request_id) WHERE voided_at IS NULL;
CREATE INDEX fee_request ON fee (site_id, request_id, fee_id);
CREATE INDEX fee_organ ON fee (site_id, organ_id, noticed_on, fee_id);
CREATE INDEX fee_day ON fee (site_id, noticed_on, fee_id);

-- By item: the applicant's requests of that month as they were counted when the notice went out.
CREATE TABLE fee_unit (
    site_id        BIGINT NOT NULL,
    fee_id         BIGINT NOT NULL,
    request_id     BIGINT NOT NULL,
    first_unit     BIGINT NOT NULL,             -- its places in the month, from 1
    last_unit      BIGINT NOT NULL,
    PRIMARY KEY (site_id, fee_id, request_id)
) WITHOUT ROWID;

-- Only added to; what was recorded by mistake is struck.
CREATE TABLE fee_money (
    site_id        BIGINT NOT NULL,
    fee_id         BIGINT NOT NULL,
    money_id       BIGINT NOT NULL,             -- from 1, in the order they were recorded
    kind           TEXT   NOT NULL,             -- payment refund
    on_day         BIGINT NOT NULL,
    yuan           BIGINT NOT NULL,             -- more than 0
    receipt        TEXT   NOT NULL,             -- 财政票据号
    method         TEXT   NOT NULL,             -- transfer counter online cash
    note           TEXT   NOT NULL,             -- why, of a refund
    recorded_at    BIGINT NOT NULL,
    person_id      BIGINT,
    struck_at      BIGINT,
    struck_why     TEXT   NOT NULL,
    PRIMARY KEY (site_id, fee_id, money_id)
) WITHOUT ROWID;
CREATE INDEX fee_money_day ON fee_money (site_id, on_day, fee_id);
