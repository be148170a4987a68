select * exclude (embedding)
from (

    {{ goldloop.infer(
        ref('device_in_view'),
        ref('photographs_to_check'),
        'photo_id',
        inputs=['embedding']
    ) }}

)
