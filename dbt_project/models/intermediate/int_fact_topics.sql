with facts as (
    select
        'meeting' as fact_type,
        meeting_id as fact_id,
        concat_ws(' ', meeting_name, evidence) as fact_text
    from {{ ref('int_meetings') }}
    union all
    select
        statement_class as fact_type,
        statement_id as fact_id,
        content as fact_text
    from {{ ref('int_statements') }}
),

texts as (
    select
        fact_type,
        fact_id,
        ' ' || {{ plain_text('fact_text') }} || ' ' as plain_fact_text
    from facts
),

keywords as (
    select
        topic_id,
        {{ plain_text('unnest(string_split(keywords, \'|\'))') }} as keyword
    from {{ ref('topics') }}
),

-- Keywords of one word are looked up; the few of several words are searched for.
text_words as (
    select
        fact_type,
        fact_id,
        unnest(string_split(trim(plain_fact_text), ' ')) as word
    from texts
),

phrases as (
    select
        topic_id,
        keyword
    from keywords
    where contains(keyword, ' ')
)

select distinct
    text_words.fact_type,
    text_words.fact_id,
    keywords.topic_id
from text_words
inner join keywords on text_words.word = keywords.keyword
union
select
    texts.fact_type,
    texts.fact_id,
    phrases.topic_id
from texts
inner join phrases on contains(texts.plain_fact_text, ' ' || phrases.keyword || ' ')
