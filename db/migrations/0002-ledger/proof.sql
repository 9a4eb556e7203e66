select 'heads' as what, count(*) as found
from head
having count(*) <> 256;
