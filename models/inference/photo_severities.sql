select * exclude (embedding)
from (

    {{ goldloop.infer(
        ref('damage_severity'),
        ref('photographs_to_assess'),
        'photo_id',
        inputs=['embedding']
    ) }}

)
