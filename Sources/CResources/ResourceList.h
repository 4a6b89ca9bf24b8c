// Written by Scripts/list-resources; do not edit.

static const unsigned char file_demo_products_txt[] = {
#embed "../../Resources/demo/products.txt" suffix(, 0) if_empty(0)
};

static const struct ladder_resource resources[] = {
    {"demo/products.txt", file_demo_products_txt, sizeof file_demo_products_txt - 1},
};
