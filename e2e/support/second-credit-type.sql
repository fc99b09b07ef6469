-- A product that sells image credits beside the general ones: in a unit and a color of their own, three runs an hour.
insert into public.credit_types (id, name, unit, unit_plural, color, rate_requests, rate_seconds)
values ('image', 'Image credits', 'image credit', 'image credits', 'violet', 3, 3600);

insert into public.credit_packages (id, name, credits, credit_type, price, sort_order)
values ('images', 'Image pack', 500, 'image', 1900, 7);

insert into public.package_products (package_id, provider, product_id)
values ('images', 'dodopayments', 'pdt_images');
