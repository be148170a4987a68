{{ goldloop.evaluate(ref('groups'), ref('jobs')) }}
