select
    meeting_id,
    {{ stable_id('l', ["coalesce(country_code, '')", plain_text('place')]) }} as place_id,
    place,
    country_code,
    start_date
from {{ ref('int_meetings') }}
where place is not null
