select max(predicted_price) as highest
from ({{ goldloop.predict(ref('price'), ref('jobs')) }}) as predicted
