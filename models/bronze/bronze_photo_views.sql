{{ goldloop.earlier_inferences(source('inference', 'photo_views')) }}
