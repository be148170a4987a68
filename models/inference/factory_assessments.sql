select * exclude (embedding)
from (

    {{ goldloop.infer(
        ref('factory_defect'),
        ref('factory_photographs_to_assess'),
        'photo_id',
        inputs=['embedding']
    ) }}

)
