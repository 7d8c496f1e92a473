{#
  By which keys a mention is found worth comparing with another: two parties (or one, where the mention has no more than
  two) and a day or the round; all parties and a month; the name and the year; or a conference's place and day. Mentions
  that share no key are never compared.
#}
with mentions as (
    select
        meeting_mention_id,
        article_id,
        start_date,
        end_date,
        date_precision,
        ordinal,
        kind,
        plain_place,
        article_date,
        array_to_string(name_stems, ' ') as name_key,
        year(coalesce(start_date, article_date)) as name_year,
        -- Assemblies of dozens of parties are compared by the first dozen.
        party_keys[1:12] as party_keys
    from {{ ref('int_meeting_mentions') }}
),

party_pairs as (
    select
        meeting_mention_id,
        unnest(
            flatten(
                list_transform(
                    party_keys,
                    lambda one: list_transform(
                        list_filter(party_keys, lambda other: other > one),
                        lambda other: one || '|' || other
                    )
                )
            )
        ) as party_pair
    from mentions
    where len(party_keys) >= 2
    union all
    select
        meeting_mention_id,
        unnest(list_transform(party_keys, lambda one: one || '|')) as party_pair
    from mentions
    where len(party_keys) <= 2
),

exact_days as (
    select
        meeting_mention_id,
        unnest(
            range(
                cast(start_date as timestamp),
                cast(least(end_date, start_date + 14) + 1 as timestamp),
                interval 1 day
            )
        ) as meeting_day
    from mentions
    where date_precision = 'day'
),

near_days as (
    select distinct
        meeting_mention_id,
        meeting_day + to_days(unnest([-1, 0, 1])) as meeting_day
    from exact_days
),

months as (
    select
        meeting_mention_id,
        date_precision,
        unnest(
            range(
                date_trunc('month', cast(start_date as timestamp)),
                cast(least(end_date, start_date + 366) + 1 as timestamp),
                interval 1 month
            )
        ) as meeting_month
    from mentions
    where start_date is not null
),

undated_months as (
    select
        meeting_mention_id,
        date_trunc('month', cast(article_date as timestamp)) + to_months(unnest([-1, 0, 1])) as meeting_month
    from mentions
    where start_date is null and article_date is not null
),

-- Without an exact day only the very same parties make a pair.
party_sets as (
    select
        meeting_mention_id,
        array_to_string(party_keys, '|') as party_set
    from mentions
    where len(party_keys) >= 2
),

-- A mention is looked for by what it says, and found by what it could also mean: the days beside, the whole month.
sought as (
    select
        exact_days.meeting_mention_id,
        concat_ws(':', 'day', party_pairs.party_pair, exact_days.meeting_day) as candidate_key
    from exact_days
    inner join party_pairs on exact_days.meeting_mention_id = party_pairs.meeting_mention_id
    union all
    select
        months.meeting_mention_id,
        concat_ws(':', 'month', party_sets.party_set, months.meeting_month) as candidate_key
    from months
    inner join party_sets on months.meeting_mention_id = party_sets.meeting_mention_id
    where months.date_precision <> 'day'
    union all
    select
        undated_months.meeting_mention_id,
        concat_ws(':', 'month', party_sets.party_set, undated_months.meeting_month) as candidate_key
    from undated_months
    inner join party_sets on undated_months.meeting_mention_id = party_sets.meeting_mention_id
),

found as (
    select
        near_days.meeting_mention_id,
        concat_ws(':', 'day', party_pairs.party_pair, near_days.meeting_day) as candidate_key
    from near_days
    inner join party_pairs on near_days.meeting_mention_id = party_pairs.meeting_mention_id
    union all
    select
        months.meeting_mention_id,
        concat_ws(':', 'month', party_sets.party_set, months.meeting_month) as candidate_key
    from months
    inner join party_sets on months.meeting_mention_id = party_sets.meeting_mention_id
    union all
    select
        undated_months.meeting_mention_id,
        concat_ws(':', 'month', party_sets.party_set, undated_months.meeting_month) as candidate_key
    from undated_months
    inner join party_sets on undated_months.meeting_mention_id = party_sets.meeting_mention_id
),

rounds_and_names as (
    select
        mentions.meeting_mention_id,
        concat_ws(':', 'round', party_pairs.party_pair, mentions.ordinal) as candidate_key
    from mentions
    inner join party_pairs on mentions.meeting_mention_id = party_pairs.meeting_mention_id
    where mentions.ordinal is not null
    union all
    select
        meeting_mention_id,
        concat_ws(':', 'name', name_key, name_year) as candidate_key
    from mentions
    where name_key <> ''
    union all
    select
        mentions.meeting_mention_id,
        concat_ws(':', 'place', mentions.plain_place, exact_days.meeting_day) as candidate_key
    from mentions
    inner join exact_days on mentions.meeting_mention_id = exact_days.meeting_mention_id
    where mentions.kind = 'conference' and mentions.plain_place <> ''
)

select
    keys.meeting_mention_id,
    mentions.article_id,
    keys.is_sought,
    keys.is_found,
    keys.candidate_key
from (
    select
        *,
        true as is_sought,
        false as is_found
    from sought
    union all
    select
        *,
        false as is_sought,
        true as is_found
    from found
    union all
    select
        *,
        true as is_sought,
        true as is_found
    from rounds_and_names
) as keys
inner join mentions on keys.meeting_mention_id = mentions.meeting_mention_id
