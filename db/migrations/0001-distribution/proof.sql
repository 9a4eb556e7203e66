select rule, object, why from dist.offence order by rule, object;
