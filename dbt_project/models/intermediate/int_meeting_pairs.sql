{#
  Pairs of mentions that are one meeting, with the rule that says so. First what keeps two mentions apart, whatever else
  they share; then what makes one meeting of them. The score orders the merging, nothing else.
#}
with mentions as (
    select
        meeting_mention_id,
        start_date,
        end_date,
        date_precision,
        ordinal,
        status,
        format,
        kind,
        is_remote,
        level_rank,
        country_code,
        plain_place,
        party_keys,
        name_stems,
        article_date
    from {{ ref('int_meeting_mentions') }}
),

candidates as (
    select
        candidates.left_mention_id,
        candidates.right_mention_id,
        one,
        other
    from {{ ref('int_meeting_candidates') }} as candidates
    inner join mentions as one on candidates.left_mention_id = one.meeting_mention_id
    inner join mentions as other on candidates.right_mention_id = other.meeting_mention_id
    -- What cannot be one meeting by time or round need not be compared further.
    where
        (
            one.start_date is null
            or other.start_date is null
            or (one.start_date <= other.end_date + 1 and other.start_date <= one.end_date + 1)
        )
        and (one.ordinal is null or other.ordinal is null or one.ordinal = other.ordinal)
        and (one.is_remote is null or other.is_remote is null or one.is_remote = other.is_remote)
),

-- Whom each party sent, by person: a bilateral of the presidents is not the bilateral of the ministers.
sent as (
    select distinct
        mentions.meeting_mention_id,
        mentions.party_key,
        people.person_id
    from {{ ref('int_person_mentions') }} as mentions
    inner join {{ ref('int_people') }} as people
        on
            mentions.plain_name = people.plain_name
            and mentions.party_key is not distinct from people.party_key
    where mentions.meeting_mention_id is not null and mentions.party_key is not null
),

delegations as (
    select
        meeting_mention_id,
        party_key,
        list(person_id) as person_ids
    from sent
    group by meeting_mention_id, party_key
),

delegation_pairs as (
    select
        candidates.left_mention_id,
        candidates.right_mention_id,
        count_if(list_has_any(left_side.person_ids, right_side.person_ids)) as n_delegations_alike,
        count_if(not list_has_any(left_side.person_ids, right_side.person_ids)) as n_delegations_apart
    from candidates
    inner join delegations as left_side on candidates.left_mention_id = left_side.meeting_mention_id
    inner join delegations as right_side
        on
            candidates.right_mention_id = right_side.meeting_mention_id
            and left_side.party_key = right_side.party_key
    group by candidates.left_mention_id, candidates.right_mention_id
),

compared as (
    select
        candidates.left_mention_id,
        candidates.right_mention_id,
        candidates.one,
        candidates.other,
        case
            when one.start_date is null or other.start_date is null then 'unknown'
            when one.date_precision <> 'day' or other.date_precision <> 'day'
                then if(one.start_date > other.end_date or other.start_date > one.end_date, 'apart', 'within')
            when one.start_date > other.end_date or other.start_date > one.end_date then 'next_day'
            else 'same_day'
        end as date_relation,
        case
            when one.country_code <> other.country_code then 'apart'
            when
                contains(one.plain_place, other.plain_place) or contains(other.plain_place, one.plain_place)
                then 'same'
            when one.country_code = other.country_code then 'same_country'
            else 'unknown'
        end as place_relation,
        coalesce({{ list_overlap('one.party_keys', 'other.party_keys') }}, 0) as party_overlap,
        len(list_intersect(one.party_keys, other.party_keys)) as n_parties_shared,
        least(len(one.party_keys), len(other.party_keys)) as n_parties_fewer,
        {{ list_overlap('one.name_stems', 'other.name_stems') }} as name_overlap,
        least(len(one.name_stems), len(other.name_stems)) > 0 as have_both_names,
        coalesce(delegation_pairs.n_delegations_alike, 0) as n_delegations_alike,
        coalesce(delegation_pairs.n_delegations_apart, 0) as n_delegations_apart,
        coalesce(one.format = 'bilateral' and other.format = 'bilateral', false) as are_bilateral,
        abs(date_diff('day', one.article_date, other.article_date)) as n_days_between_articles,
        -- Announced without a day, then reported: the days from the announcement to the report.
        case
            when one.status = 'scheduled' and one.start_date is null and other.status = 'held'
                then date_diff('day', one.article_date, other.start_date)
            when other.status = 'scheduled' and other.start_date is null and one.status = 'held'
                then date_diff('day', other.article_date, one.start_date)
        end as n_days_ahead
    from candidates
    left join delegation_pairs
        on
            candidates.left_mention_id = delegation_pairs.left_mention_id
            and candidates.right_mention_id = delegation_pairs.right_mention_id
),

judged as (
    select
        *,
        coalesce(name_overlap, 0) as name_likeness,
        coalesce(one.ordinal = other.ordinal, false) as is_same_round,
        case
            when date_relation = 'apart' then 'other time'
            when place_relation = 'apart' and not coalesce(one.is_remote, false) then 'other country'
            when
                least(one.status, other.status) = 'called_off' and greatest(one.status, other.status) = 'held'
                then 'held and called off'
            when are_bilateral and n_delegations_apart > 0 then 'other people'
            -- One delegation read wrong is no contradiction, and the round says more than who is named beside it.
            when
                n_delegations_apart >= 2 and n_delegations_alike = 0
                and not (coalesce(one.ordinal = other.ordinal, false) and party_overlap >= 0.75)
                then 'other people'
            when one.level_rank <> other.level_rank and n_delegations_alike = 0 and party_overlap < 1
                then 'other level'
            when
                one.format <> other.format and party_overlap < 0.75 and coalesce(name_overlap, 0) < 0.6
                and n_parties_fewer > 1
                then 'bilateral and multilateral'
            when
                one.kind = 'conference' and other.kind = 'conference' and have_both_names and name_overlap = 0
                and party_overlap < 1
                then 'other name'
        end as contradiction
    from compared
),

decided as (
    select
        *,
        case
            when contradiction is not null then null
            when
                is_same_round and (party_overlap >= 0.5 or name_likeness >= 0.5)
                and (date_relation <> 'unknown' or coalesce(n_days_between_articles, 0) <= 400)
                then 'same round'
            when date_relation = 'same_day' and party_overlap >= 0.75 and n_parties_shared >= 2
                then 'same day, same parties'
            when
                date_relation = 'same_day' and n_delegations_alike >= 2
                and (party_overlap >= 0.5 or name_likeness >= 0.5)
                then 'same people'
            when
                -- Two parties may well meet or call again the next day; a conference is dated by each one's own zone.
                date_relation = 'next_day' and party_overlap >= 0.75 and n_parties_shared >= 3
                and (place_relation = 'same' or name_likeness >= 0.5)
                then 'next day, same parties and place'
            when
                date_relation in ('same_day', 'next_day', 'within') and name_likeness >= 0.6
                and one.kind = 'conference' and other.kind = 'conference'
                then 'same name, same time'
            when
                date_relation in ('same_day', 'next_day') and name_likeness >= 0.5 and n_parties_shared >= 2
                and n_parties_shared = n_parties_fewer
                then 'same name, some of the parties'
            -- A report may name one of a conference's parties only: the place and the day name the conference.
            when
                date_relation = 'same_day' and place_relation = 'same'
                and one.kind = 'conference' and other.kind = 'conference'
                and n_parties_fewer = 1 and n_parties_shared = 1
                then 'same day and place'
            when
                date_relation = 'within' and party_overlap = 1 and n_parties_shared >= 2
                and (
                    n_parties_shared >= 3 or n_delegations_alike >= 1 or place_relation = 'same' or name_likeness >= 0.5
                )
                then 'within the period, same parties'
            when
                date_relation = 'unknown' and party_overlap = 1 and n_parties_shared >= 2
                and n_days_between_articles <= 14
                and (
                    n_delegations_alike >= 2
                    or name_likeness >= 0.6
                    or (n_parties_shared >= 3 and place_relation = 'same')
                )
                then 'undated, same parties'
            when
                n_days_ahead between 0 and 31 and party_overlap = 1 and n_parties_shared >= 2 and one.kind = other.kind
                then 'announced, then held'
        end as match_rule
    from judged
)

select
    left_mention_id,
    right_mention_id,
    match_rule,
    round(
        3 * party_overlap
        + 2 * name_likeness
        + case date_relation when 'same_day' then 2 when 'unknown' then 0 else 1 end
        + if(is_same_round, 2, 0)
        + least(n_delegations_alike, 2)
        + if(place_relation = 'same', 1, 0)
        + if(one.kind = other.kind, 0.5, 0)
        + if(one.status = other.status, 0.25, 0)
        -- Of several meetings that may have been announced, the next one.
        - coalesce(n_days_ahead, 0) / 100,
        4
    ) as score
from decided
where match_rule is not null
