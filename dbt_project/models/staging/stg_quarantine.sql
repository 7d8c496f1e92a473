-- One piece of input may be set aside for several reasons; a merged batch may show a row twice.
with set_aside as (
    select * from {{ source('stages', 'quarantine_documents') }}
    union all by name
    select * from {{ source('stages', 'quarantine_articles') }}
    union all by name
    select * from {{ source('stages', 'quarantine_mentions') }}
)

select distinct
    {{ stable_id('q', [
        'stage', 'source_path', "coalesce(locator, '')", "coalesce(document_id, '')", "coalesce(article_id, '')",
        'reason_code', 'reason', "coalesce(sample, '')", 'batch_id'
    ]) }} as quarantine_id,
    stage,
    source_path,
    locator,
    document_id,
    article_id,
    reason_code,
    reason,
    sample,
    set_aside_at,
    batch_id
from set_aside
qualify row_number() over (partition by quarantine_id order by set_aside_at) = 1
