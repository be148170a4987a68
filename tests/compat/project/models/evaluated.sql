select r2_score > 0.9 as is_good from ml.evaluate(model {{ ref('flour_needed') }})
