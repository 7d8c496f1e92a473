-- An article that was parsed again has rows in several batches: the latest one replaces all its earlier mentions.
with parsed as (
    select
        article_id,
        parser_version,
        published_date as published_text,
        dateline_place,
        dateline_date as dateline_text,
        dateline_agency,
        body_date as body_date_text,
        reference_date as reference_date_text,
        date_conflict,
        n_meetings,
        n_statements,
        parsed_at,
        batch_id
    from {{ source('stages', 'parsed_articles') }}
)

select
    *,
    {{ first_day('reference_date_text') }} as reference_date
from parsed
qualify {{ latest_row('article_id', ['parsed_at desc', 'parser_version desc']) }}
