// Written by Scripts/list-resources; do not edit.

static const unsigned char file_demo_people_arabic_txt[] = {
#embed "../../Resources/demo/people/arabic.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_chinese_txt[] = {
#embed "../../Resources/demo/people/chinese.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_english_txt[] = {
#embed "../../Resources/demo/people/english.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_french_txt[] = {
#embed "../../Resources/demo/people/french.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_german_txt[] = {
#embed "../../Resources/demo/people/german.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_greek_txt[] = {
#embed "../../Resources/demo/people/greek.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_hebrew_txt[] = {
#embed "../../Resources/demo/people/hebrew.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_hindi_txt[] = {
#embed "../../Resources/demo/people/hindi.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_indonesian_txt[] = {
#embed "../../Resources/demo/people/indonesian.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_japanese_txt[] = {
#embed "../../Resources/demo/people/japanese.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_korean_txt[] = {
#embed "../../Resources/demo/people/korean.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_polish_txt[] = {
#embed "../../Resources/demo/people/polish.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_spanish_txt[] = {
#embed "../../Resources/demo/people/spanish.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_swedish_txt[] = {
#embed "../../Resources/demo/people/swedish.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_thai_txt[] = {
#embed "../../Resources/demo/people/thai.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_turkish_txt[] = {
#embed "../../Resources/demo/people/turkish.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_ukrainian_txt[] = {
#embed "../../Resources/demo/people/ukrainian.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_people_vietnamese_txt[] = {
#embed "../../Resources/demo/people/vietnamese.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_products_txt[] = {
#embed "../../Resources/demo/products.txt" suffix(, 0) if_empty(0)
};
static const unsigned char file_demo_shop_txt[] = {
#embed "../../Resources/demo/shop.txt" suffix(, 0) if_empty(0)
};

static const struct ladder_resource resources[] = {
    {"demo/people/arabic.txt", file_demo_people_arabic_txt, sizeof file_demo_people_arabic_txt - 1},
    {"demo/people/chinese.txt", file_demo_people_chinese_txt, sizeof file_demo_people_chinese_txt - 1},
    {"demo/people/english.txt", file_demo_people_english_txt, sizeof file_demo_people_english_txt - 1},
    {"demo/people/french.txt", file_demo_people_french_txt, sizeof file_demo_people_french_txt - 1},
    {"demo/people/german.txt", file_demo_people_german_txt, sizeof file_demo_people_german_txt - 1},
    {"demo/people/greek.txt", file_demo_people_greek_txt, sizeof file_demo_people_greek_txt - 1},
    {"demo/people/hebrew.txt", file_demo_people_hebrew_txt, sizeof file_demo_people_hebrew_txt - 1},
    {"demo/people/hindi.txt", file_demo_people_hindi_txt, sizeof file_demo_people_hindi_txt - 1},
    {"demo/people/indonesian.txt", file_demo_people_indonesian_txt, sizeof file_demo_people_indonesian_txt - 1},
    {"demo/people/japanese.txt", file_demo_people_japanese_txt, sizeof file_demo_people_japanese_txt - 1},
    {"demo/people/korean.txt", file_demo_people_korean_txt, sizeof file_demo_people_korean_txt - 1},
    {"demo/people/polish.txt", file_demo_people_polish_txt, sizeof file_demo_people_polish_txt - 1},
    {"demo/people/spanish.txt", file_demo_people_spanish_txt, sizeof file_demo_people_spanish_txt - 1},
    {"demo/people/swedish.txt", file_demo_people_swedish_txt, sizeof file_demo_people_swedish_txt - 1},
    {"demo/people/thai.txt", file_demo_people_thai_txt, sizeof file_demo_people_thai_txt - 1},
    {"demo/people/turkish.txt", file_demo_people_turkish_txt, sizeof file_demo_people_turkish_txt - 1},
    {"demo/people/ukrainian.txt", file_demo_people_ukrainian_txt, sizeof file_demo_people_ukrainian_txt - 1},
    {"demo/people/vietnamese.txt", file_demo_people_vietnamese_txt, sizeof file_demo_people_vietnamese_txt - 1},
    {"demo/products.txt", file_demo_products_txt, sizeof file_demo_products_txt - 1},
    {"demo/shop.txt", file_demo_shop_txt, sizeof file_demo_shop_txt - 1},
};
