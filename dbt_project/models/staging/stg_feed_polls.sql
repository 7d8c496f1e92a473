select
    name as feed_name,
    address,
    polled_at,
    status,
    n_entries,
    n_new,
    n_set_aside,
    cast(len(json_keys(coalesce(page_tries_json, '{}'))) as bigint) as n_pages_awaited,
    reason
from {{ source('stages', 'feed_polls') }}
qualify {{ latest_row('name, polled_at') }}
