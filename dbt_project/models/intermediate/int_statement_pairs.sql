{#
  Two articles report one statement when the same speakers say the same words at the same meeting or within a few days.
#}
with mentions as (
    select
        *,
        len(content_words) as n_words,
        array_to_string(speaker_keys, '|') as speaker_set
    from {{ ref('int_statement_mentions') }}
),

days as (
    select
        statement_mention_id,
        article_id,
        concat_ws(':', statement_class, speaker_set) as speaker_key,
        date_diff('day', date '1970-01-01', statement_date) // {{ var('same_statement_days') }} as day_block
    from mentions
    where statement_date is not null and speaker_set <> ''
),

meetings as (
    select
        statement_mention_id,
        article_id,
        concat_ws(':', statement_class, meeting_id) as candidate_key
    from mentions
    where meeting_id is not null
),

sought as (
    select
        statement_mention_id,
        article_id,
        concat_ws(':', speaker_key, day_block) as candidate_key
    from days
    union all
    select * from meetings
),

found as (
    select
        statement_mention_id,
        article_id,
        concat_ws(':', speaker_key, day_block + unnest([-1, 0, 1])) as candidate_key
    from days
    union all
    select * from meetings
),

candidates as (
    select distinct
        least(sought.statement_mention_id, found.statement_mention_id) as left_mention_id,
        greatest(sought.statement_mention_id, found.statement_mention_id) as right_mention_id
    from sought
    inner join found
        on
            sought.candidate_key = found.candidate_key
            -- An article tells a statement once.
            and sought.article_id <> found.article_id
),

compared as (
    select
        candidates.left_mention_id,
        candidates.right_mention_id,
        {{ list_overlap('one.content_words', 'other.content_words') }} as similarity,
        coalesce({{ list_overlap('one.speaker_keys', 'other.speaker_keys') }}, 0) as speaker_overlap,
        coalesce(one.meeting_id = other.meeting_id, false) as is_same_meeting,
        abs(date_diff('day', one.statement_date, other.statement_date)) as n_days_between
    from candidates
    inner join mentions as one on candidates.left_mention_id = one.statement_mention_id
    inner join mentions as other on candidates.right_mention_id = other.statement_mention_id
    where
        -- Texts of such different length cannot be alike enough.
        least(one.n_words, other.n_words)
        >= {{ var('same_statement_similarity') }} * greatest(one.n_words, other.n_words)
)

select
    left_mention_id,
    right_mention_id,
    round(similarity, 4) as similarity
from compared
where
    similarity >= {{ var('same_statement_similarity') }}
    and (
        (is_same_meeting and speaker_overlap >= 0.5)
        or (speaker_overlap = 1 and n_days_between <= {{ var('same_statement_days') }})
    )
