select baker, countif(loaves > 6) as big_days from {{ ref('daily') }} group by 1
