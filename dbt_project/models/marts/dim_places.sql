select
    place_id,
    mode(place order by place) as place_name,
    country_code,
    count(*) as n_meetings,
    min(start_date) as first_meeting_date,
    max(start_date) as last_meeting_date
from {{ ref('int_meeting_places') }}
group by place_id, country_code
