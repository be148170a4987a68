{{ goldloop.infer(
    ref('quote_accepted'),
    ref('quotes_to_make'),
    'request_id',
    inputs=[
        'device_kind', 'segment', 'channel', 'quoted_price',
        'quoted_price_to_list_price', 'device_age_days', 'is_under_warranty',
    ]
) }}
