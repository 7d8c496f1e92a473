{#
  Which mentions are worth comparing: two articles' mentions that share two parties (or one, where one is all they have) and
  could be of the same time, that share two parties and the round, or that share the name and the year.
#}
with mentions as (
    select
        meeting_mention_id,
        article_id,
        start_date,
        end_date,
        date_precision,
        ordinal,
        article_date,
        array_to_string(name_stems, ' ') as name_key,
        year(coalesce(start_date, article_date)) as name_year,
        -- Assemblies of dozens of parties meet in their first dozen.
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
        concat_ws(':', 'month', party_pairs.party_pair, months.meeting_month) as candidate_key
    from months
    inner join party_pairs on months.meeting_mention_id = party_pairs.meeting_mention_id
    where months.date_precision <> 'day'
    union all
    select
        undated_months.meeting_mention_id,
        concat_ws(':', 'undated', party_pairs.party_pair, undated_months.meeting_month) as candidate_key
    from undated_months
    inner join party_pairs on undated_months.meeting_mention_id = party_pairs.meeting_mention_id
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
        concat_ws(':', kinds.kind, party_pairs.party_pair, months.meeting_month) as candidate_key
    from months
    inner join party_pairs on months.meeting_mention_id = party_pairs.meeting_mention_id
    cross join (values ('month'), ('undated')) as kinds (kind)
    union all
    select
        undated_months.meeting_mention_id,
        concat_ws(':', 'undated', party_pairs.party_pair, undated_months.meeting_month) as candidate_key
    from undated_months
    inner join party_pairs on undated_months.meeting_mention_id = party_pairs.meeting_mention_id
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
),

candidates as (
    select distinct
        least(sought.meeting_mention_id, found.meeting_mention_id) as left_mention_id,
        greatest(sought.meeting_mention_id, found.meeting_mention_id) as right_mention_id
    from (
        select * from sought
        union all
        select * from rounds_and_names
    ) as sought
    inner join (
        select * from found
        union all
        select * from rounds_and_names
    ) as found
        on sought.candidate_key = found.candidate_key and sought.meeting_mention_id <> found.meeting_mention_id
)

select
    candidates.left_mention_id,
    candidates.right_mention_id
from candidates
inner join mentions as left_side on candidates.left_mention_id = left_side.meeting_mention_id
inner join mentions as right_side on candidates.right_mention_id = right_side.meeting_mention_id
-- An article tells a meeting once: two mentions of one article are two meetings.
where left_side.article_id <> right_side.article_id
