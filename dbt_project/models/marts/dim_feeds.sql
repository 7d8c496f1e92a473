select
    feed_name,
    arg_max(address, polled_at) as address,
    max(polled_at) as last_polled_at,
    arg_max(status, polled_at) as last_status,
    -- "arg_max" passes over nulls: the reason of an older failure must not stand beside a success.
    case when arg_max(status, polled_at) = 'failed' then arg_max(reason, polled_at) end as last_reason,
    max(polled_at) filter (where status <> 'failed') as last_success_at,
    count(*) as n_polls,
    count(*) filter (where status = 'failed') as n_failed_polls,
    cast(sum(n_new) as bigint) as n_documents,
    arg_max(n_pages_awaited, polled_at) as n_pages_awaited
from {{ ref('stg_feed_polls') }}
group by feed_name
