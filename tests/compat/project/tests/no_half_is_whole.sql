select * from {{ ref('daily') }} where half != 3.5 or "a" = "b"
