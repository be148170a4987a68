{{ goldloop.earlier_inferences(source('inference', 'product_recommendations')) }}
