{#
  One meeting of its mentions. Each field is what most independent sources say; where they are even, what the surest mention
  says. A reprint has no vote of its own, and a passing mention counts only where no article reports the meeting.
#}
{% set told_fields = {
    "mode": "nullif(mode, 'unknown')",
    "kind": "cast(kind as varchar)",
    "format": "cast(format as varchar)",
    "ordinal": "cast(ordinal as varchar)",
    "place": "cast(place as varchar)",
    "country_code": "cast(country_code as varchar)",
    "meeting_name": "cast(meeting_name as varchar)",
    "period": "start_date_text || '/' || end_date_text",
} %}
with mentions as (
    select
        members.meeting_id,
        mentions.*,
        row_number() over (
            partition by members.meeting_id
            order by
                mentions.is_background asc, mentions.confidence desc, len(mentions.parties) desc,
                mentions.article_date nulls last, mentions.article_id asc, mentions.char_start asc
        ) as mention_rank,
        -- Who took part is what the reports say, where there is one: passing mentions leave out and mix up.
        not mentions.is_background or bool_and(mentions.is_background) over (partition by members.meeting_id)
            as is_telling
    from {{ ref('int_meeting_members') }} as members
    inner join {{ ref('int_meeting_mentions') }} as mentions
        on members.meeting_mention_id = mentions.meeting_mention_id
),

-- One row per mention and field that it tells.
ballots as (
    {%- for field, answer in told_fields.items() %}
        select
            meeting_id,
            syndication_group_id,
            mention_rank,
            is_background,
            '{{ field }}' as field,
            {{ answer }} as answer
        from mentions
        {%- if not loop.last %}
            union all
        {%- endif %}
    {%- endfor %}
),

votes as (
    select
        meeting_id,
        field,
        answer,
        count(distinct syndication_group_id) as n_sources,
        min(mention_rank) as best_rank,
        bool_and(is_background) as is_background_only
    from ballots
    where answer is not null
    group by meeting_id, field, answer
),

elected as (
    select
        meeting_id,
        field,
        answer
    from votes
    qualify
        row_number() over (
            partition by meeting_id, field
            -- A full day says more than a month that holds it.
            order by is_background_only asc, if(field = 'period', -length(answer), 0), n_sources desc, best_rank asc
        ) = 1
),

fields as (
    select
        meeting_id,
        {%- for field in told_fields %}
            max(answer) filter (where field = '{{ field }}') as {{ field }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from elected
    group by meeting_id
),

-- A government and the movement that runs it are told as one party, by the name that most mentions use.
told_parties as (
    select
        mentions.meeting_id,
        coalesce(equivalents.compared_as, mentions.party) as party_key,
        mode(mentions.party order by mentions.party) as party
    from (
        select
            meeting_id,
            unnest(parties) as party
        from mentions
        where is_telling
    ) as mentions
    left join {{ ref('party_equivalents') }} as equivalents on mentions.party = equivalents.party
    group by mentions.meeting_id, coalesce(equivalents.compared_as, mentions.party)
),

parties as (
    select
        meeting_id,
        list_sort(list(party)) as parties
    from told_parties
    group by meeting_id
),

-- A first day and a span of days that holds it agree; days that cannot all be one are a conflict.
days as (
    select
        meeting_id,
        if(start_date = end_date, start_date_text, start_date_text || '/' || end_date_text) as told_days,
        min(start_date) as start_date,
        min(end_date) as end_date,
        count(distinct syndication_group_id) as n_sources
    from mentions
    where date_precision = 'day'
    group by meeting_id, told_days
),

day_conflicts as (
    select
        meeting_id,
        'sources differ: ' || string_agg(told_days || ' (' || n_sources || ')', ', ' order by told_days) as conflict
    from days
    group by meeting_id
    having max(start_date) > min(end_date)
),

-- What an article says against itself about its own day matters for the meetings of those days that it reports.
article_conflicts as (
    select
        meeting_id,
        string_agg(distinct date_conflict, '; ' order by date_conflict) as conflict
    from mentions
    where
        date_conflict is not null
        and not is_background
        -- Without a day of its own the meeting may be of any of those days.
        and coalesce(date_precision = 'day' and abs(date_diff('day', start_date, article_date)) <= 31, true)
    group by meeting_id
),

gathered as (
    select
        meeting_id,
        case
            when bool_or(status = 'held') then 'held'
            when bool_or(status = 'called_off') then 'called_off'
            else 'scheduled'
        end as status,
        min(level_rank) as level_rank,
        bool_and(is_background) as is_background_only,
        count(distinct article_id) as n_articles,
        count(distinct syndication_group_id) as n_sources,
        max(confidence) as confidence,
        min(received_at) as first_seen_at,
        min(article_date) as first_reported_date
    from mentions
    group by meeting_id
),

evidence as (
    select
        meeting_id,
        meeting_mention_id,
        article_id,
        char_start,
        char_end,
        evidence,
        plover_code
    from mentions
    where mention_rank = 1
),

assembled as (
    select
        gathered.meeting_id,
        fields.meeting_name,
        gathered.status,
        coalesce(fields.mode, 'unknown') as mode,
        fields.kind,
        fields.format as told_format,
        string_split(fields.period, '/')[1] as start_date_text,
        string_split(fields.period, '/')[2] as end_date_text,
        fields.place,
        fields.country_code,
        cast(fields.ordinal as bigint) as ordinal,
        coalesce(parties.parties, []) as parties,
        gathered.level_rank,
        gathered.is_background_only,
        gathered.n_articles,
        gathered.n_sources,
        gathered.confidence,
        gathered.first_seen_at,
        gathered.first_reported_date,
        concat_ws('; ', day_conflicts.conflict, article_conflicts.conflict) as date_conflict,
        evidence.article_id as evidence_article_id,
        evidence.char_start as evidence_char_start,
        evidence.char_end as evidence_char_end,
        evidence.evidence,
        evidence.plover_code
    from gathered
    inner join evidence on gathered.meeting_id = evidence.meeting_id
    left join fields on gathered.meeting_id = fields.meeting_id
    left join parties on gathered.meeting_id = parties.meeting_id
    left join day_conflicts on gathered.meeting_id = day_conflicts.meeting_id
    left join article_conflicts on gathered.meeting_id = article_conflicts.meeting_id
)

select
    * replace (nullif(date_conflict, '') as date_conflict),
    {{ first_day('start_date_text') }} as start_date,
    greatest({{ last_day_of('end_date_text') }}, {{ last_day_of('start_date_text') }}) as end_date,
    {{ date_precision('start_date_text') }} as date_precision,
    coalesce(
        (
            select any_value(levels.level) from {{ ref('office_levels') }} as levels
            where levels.rank = assembled.level_rank
        ),
        'unknown'
    ) as level,
    if(len(parties) > 2, 'multilateral', told_format) as format
from assembled
