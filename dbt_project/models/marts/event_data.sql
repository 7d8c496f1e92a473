{#
  A meeting and a joint statement are told once for each ordered pair of parties, as event data sets do; a statement without
  addressee has no target. A called-off meeting is told as REJECT.
#}
with meeting_pairs as (
    select
        'meeting' as fact_type,
        meeting_id as fact_id,
        coalesce(start_date, first_reported_date) as event_date,
        plover_code,
        status as event_mode,
        place,
        country_code,
        confidence,
        n_articles,
        n_sources,
        unnest(parties) as source_party_id,
        parties
    from {{ ref('fct_meetings') }}
    where len(parties) >= 2
),

meeting_events as (
    select
        * exclude (parties),
        unnest(list_filter(parties, lambda party: party <> source_party_id)) as target_party_id
    from meeting_pairs
),

statements as (
    select
        'commitment' as fact_type,
        commitment_id as fact_id,
        kind as event_mode,
        *
    from {{ ref('fct_commitments') }}
    union all by name
    select
        'demand' as fact_type,
        demand_id as fact_id,
        'demand' as event_mode,
        *
    from {{ ref('fct_demands') }}
),

statement_sources as (
    select
        fact_type,
        fact_id,
        statement_date as event_date,
        plover_code,
        event_mode,
        cast(null as varchar) as place,
        cast(null as varchar) as country_code,
        confidence,
        n_articles,
        n_sources,
        unnest(speakers) as source_party_id,
        -- Without an addressee a joint statement is addressed by each speaker to the others.
        if(len(addressees) > 0, addressees, speakers) as targets
    from statements
),

statement_events as (
    select
        * exclude (targets),
        unnest(
            if(
                len(list_filter(targets, lambda party: party <> source_party_id)) = 0,
                [null],
                list_filter(targets, lambda party: party <> source_party_id)
            )
        ) as target_party_id
    from statement_sources
),

events as (
    select * from meeting_events
    union all by name
    select * from statement_events
)

select
    {{ stable_id('e', ['fact_id', 'source_party_id', "coalesce(target_party_id, '')"]) }} as event_id,
    event_date,
    source_party_id,
    target_party_id,
    plover_code,
    event_mode,
    fact_type,
    fact_id,
    place,
    country_code,
    confidence,
    n_articles,
    n_sources
from events
