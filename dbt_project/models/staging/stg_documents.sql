-- The bytes stay in the batches: nothing downstream needs them.
select
    document_id,
    source_path,
    locator,
    source_name,
    media_kind,
    address,
    n_bytes,
    received_at
from {{ source('stages', 'documents') }}
qualify {{ latest_row('document_id') }}
