{#
  A meeting as one current article tells it, with what it is compared by: parties, people, the telling words of its name.
#}
with participants as (
    select
        mentions.meeting_mention_id,
        mentions.party,
        coalesce(equivalents.compared_as, mentions.party) as party_key,
        levels.rank as level_rank
    from {{ ref('stg_participant_mentions') }} as mentions
    left join {{ ref('party_equivalents') }} as equivalents on mentions.party = equivalents.party
    left join {{ ref('int_role_levels') }} as levels on mentions.role = levels.role
),

gathered as (
    select
        meeting_mention_id,
        list_sort(list(distinct party) filter (where party is not null)) as parties,
        list_sort(list(distinct party_key) filter (where party_key is not null)) as party_keys,
        min(level_rank) as level_rank
    from participants
    group by meeting_mention_id
),

-- Words that many meetings' names have, and the names of states: what is left tells one meeting from another.
plain_words as (
    select word from {{ ref('meeting_name_words') }}
    union
    select unnest({{ words("concat_ws(' ', party_name, array_to_string(aliases, ' '))") }}) as word
    from {{ ref('stg_parties') }}
    where party_type = 'state'
),

name_words as (
    select
        meeting_mention_id,
        -- The place is compared on its own.
        unnest(
            list_filter({{ words('meeting_name') }}, lambda word: not list_contains({{ words('place') }}, word))
        ) as word
    from {{ ref('stg_meeting_mentions') }}
    where meeting_name is not null
),

-- Six letters are enough to tell words apart, and few enough to take "ministerial" for "ministers".
telling_words as (
    select
        name_words.meeting_mention_id,
        list_sort(list(distinct left(name_words.word, 6))) as name_stems
    from name_words
    anti join plain_words on name_words.word = plain_words.word
    where not regexp_full_match(name_words.word, '[0-9]+(st|nd|rd|th)?')
    group by name_words.meeting_mention_id
)

select
    mentions.*,
    -- One sentence may tell two meetings.
    row_number() over (
        partition by mentions.article_id, mentions.char_start, mentions.char_end
        order by mentions.meeting_mention_id
    ) as mention_no,
    coalesce(gathered.parties, []) as parties,
    coalesce(gathered.party_keys, []) as party_keys,
    gathered.level_rank,
    coalesce(telling_words.name_stems, []) as name_stems,
    case
        when mentions.kind = 'call' or mentions.mode in ('phone', 'video') then true
        when mentions.mode = 'in_person' then false
    end as is_remote,
    {{ plain_text('mentions.place') }} as plain_place,
    versions.article_date,
    versions.publisher,
    versions.received_at,
    versions.date_conflict,
    groups.syndication_group_id
from {{ ref('stg_meeting_mentions') }} as mentions
inner join {{ ref('int_articles_current') }} as versions on mentions.article_id = versions.article_id
inner join {{ ref('int_syndication_groups') }} as groups on mentions.article_id = groups.article_id
left join gathered on mentions.meeting_mention_id = gathered.meeting_mention_id
left join telling_words on mentions.meeting_mention_id = telling_words.meeting_mention_id
where versions.is_current
