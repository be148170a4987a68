{{ goldloop.infer(
    ref('review_sentiment'),
    '(select review_id, product_id, sentence, posted_at from '
    ~ ref('gold_reviews') ~ ')',
    'review_id',
    inputs=['sentence']
) }}
