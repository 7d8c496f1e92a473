select
    quarantine_id,
    stage,
    source_path,
    locator,
    document_id,
    article_id,
    reason_code,
    reason,
    sample,
    code_version,
    set_aside_at,
    batch_id
from {{ ref('stg_quarantine') }}
