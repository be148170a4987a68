{{ goldloop.infer(
    ref('repair_cost'),
    ref('assessed_repairs'),
    'request_id',
    inputs=[
        'device_kind', 'brand', 'damage_type', 'severity', 'list_price',
        'device_age_days', 'is_under_warranty',
    ]
) }}
