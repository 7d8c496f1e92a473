select
    file_key,
    source_path,
    n_bytes,
    n_records,
    n_documents,
    n_set_aside,
    is_truncated,
    read_at
from {{ source('stages', 'raw_files') }}
qualify {{ latest_row('file_key') }}
