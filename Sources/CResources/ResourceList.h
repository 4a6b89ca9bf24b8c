// Written by Scripts/list-resources; do not edit.

static const unsigned char file_currencies_price_levels_txt[] = {
#embed "../../Resources/currencies/price-levels.txt" suffix(, 0) if_empty(0)
};
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
static const unsigned char file_letters_en_call_sheet_mustache[] = {
#embed "../../Resources/letters/en/call-sheet.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_letters_en_letter_mustache[] = {
#embed "../../Resources/letters/en/letter.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_letters_id_call_sheet_mustache[] = {
#embed "../../Resources/letters/id/call-sheet.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_letters_id_letter_mustache[] = {
#embed "../../Resources/letters/id/letter.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_at_risk_keep_valuable_json[] = {
#embed "../../Resources/rules/at-risk.keep-valuable.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_at_risk_low_tips_json[] = {
#embed "../../Resources/rules/at-risk.low-tips.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_high_thank_you_json[] = {
#embed "../../Resources/rules/high.thank-you.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_lapsed_news_after_a_year_json[] = {
#embed "../../Resources/rules/lapsed.news-after-a-year.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_lapsed_win_back_json[] = {
#embed "../../Resources/rules/lapsed.win-back.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_low_mid_bigger_basket_json[] = {
#embed "../../Resources/rules/low-mid.bigger-basket.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_low_mid_return_json[] = {
#embed "../../Resources/rules/low-mid.return.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_low_mid_second_category_json[] = {
#embed "../../Resources/rules/low-mid.second-category.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_loyal_ask_for_word_json[] = {
#embed "../../Resources/rules/loyal.ask-for-word.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_mid_high_gift_above_basket_json[] = {
#embed "../../Resources/rules/mid-high.gift-above-basket.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_new_second_purchase_json[] = {
#embed "../../Resources/rules/new.second-purchase.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_prospect_welcome_json[] = {
#embed "../../Resources/rules/prospect.welcome.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_rules_won_back_welcome_back_json[] = {
#embed "../../Resources/rules/won-back.welcome-back.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_ask_for_word_mustache[] = {
#embed "../../Resources/templates/en/ask-for-word.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_bigger_basket_mustache[] = {
#embed "../../Resources/templates/en/bigger-basket.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_early_access_mustache[] = {
#embed "../../Resources/templates/en/early-access.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_gift_above_basket_mustache[] = {
#embed "../../Resources/templates/en/gift-above-basket.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_keep_valuable_mustache[] = {
#embed "../../Resources/templates/en/keep-valuable.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_content_mustache[] = {
#embed "../../Resources/templates/en/kind-content.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_discount_mustache[] = {
#embed "../../Resources/templates/en/kind-discount.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_early_access_mustache[] = {
#embed "../../Resources/templates/en/kind-early-access.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_free_delivery_mustache[] = {
#embed "../../Resources/templates/en/kind-free-delivery.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_gift_mustache[] = {
#embed "../../Resources/templates/en/kind-gift.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_service_mustache[] = {
#embed "../../Resources/templates/en/kind-service.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_trial_mustache[] = {
#embed "../../Resources/templates/en/kind-trial.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_kind_voucher_mustache[] = {
#embed "../../Resources/templates/en/kind-voucher.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_return_mustache[] = {
#embed "../../Resources/templates/en/return.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_second_category_mustache[] = {
#embed "../../Resources/templates/en/second-category.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_second_purchase_mustache[] = {
#embed "../../Resources/templates/en/second-purchase.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_tips_mustache[] = {
#embed "../../Resources/templates/en/tips.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_welcome_back_mustache[] = {
#embed "../../Resources/templates/en/welcome-back.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_welcome_mustache[] = {
#embed "../../Resources/templates/en/welcome.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_what_is_new_mustache[] = {
#embed "../../Resources/templates/en/what-is-new.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_en_win_back_mustache[] = {
#embed "../../Resources/templates/en/win-back.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_ask_for_word_mustache[] = {
#embed "../../Resources/templates/id/ask-for-word.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_bigger_basket_mustache[] = {
#embed "../../Resources/templates/id/bigger-basket.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_early_access_mustache[] = {
#embed "../../Resources/templates/id/early-access.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_gift_above_basket_mustache[] = {
#embed "../../Resources/templates/id/gift-above-basket.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_keep_valuable_mustache[] = {
#embed "../../Resources/templates/id/keep-valuable.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_content_mustache[] = {
#embed "../../Resources/templates/id/kind-content.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_discount_mustache[] = {
#embed "../../Resources/templates/id/kind-discount.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_early_access_mustache[] = {
#embed "../../Resources/templates/id/kind-early-access.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_free_delivery_mustache[] = {
#embed "../../Resources/templates/id/kind-free-delivery.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_gift_mustache[] = {
#embed "../../Resources/templates/id/kind-gift.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_service_mustache[] = {
#embed "../../Resources/templates/id/kind-service.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_trial_mustache[] = {
#embed "../../Resources/templates/id/kind-trial.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_kind_voucher_mustache[] = {
#embed "../../Resources/templates/id/kind-voucher.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_return_mustache[] = {
#embed "../../Resources/templates/id/return.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_second_category_mustache[] = {
#embed "../../Resources/templates/id/second-category.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_second_purchase_mustache[] = {
#embed "../../Resources/templates/id/second-purchase.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_tips_mustache[] = {
#embed "../../Resources/templates/id/tips.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_welcome_back_mustache[] = {
#embed "../../Resources/templates/id/welcome-back.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_welcome_mustache[] = {
#embed "../../Resources/templates/id/welcome.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_what_is_new_mustache[] = {
#embed "../../Resources/templates/id/what-is-new.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_templates_id_win_back_mustache[] = {
#embed "../../Resources/templates/id/win-back.mustache" suffix(, 0) if_empty(0)
};
static const unsigned char file_texts_en_json[] = {
#embed "../../Resources/texts/en.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_texts_id_json[] = {
#embed "../../Resources/texts/id.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_themes_contrast_json[] = {
#embed "../../Resources/themes/contrast.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_themes_dark_json[] = {
#embed "../../Resources/themes/dark.json" suffix(, 0) if_empty(0)
};
static const unsigned char file_themes_light_json[] = {
#embed "../../Resources/themes/light.json" suffix(, 0) if_empty(0)
};

static const struct ladder_resource resources[] = {
    {"currencies/price-levels.txt", file_currencies_price_levels_txt, sizeof file_currencies_price_levels_txt - 1},
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
    {"letters/en/call-sheet.mustache", file_letters_en_call_sheet_mustache, sizeof file_letters_en_call_sheet_mustache - 1},
    {"letters/en/letter.mustache", file_letters_en_letter_mustache, sizeof file_letters_en_letter_mustache - 1},
    {"letters/id/call-sheet.mustache", file_letters_id_call_sheet_mustache, sizeof file_letters_id_call_sheet_mustache - 1},
    {"letters/id/letter.mustache", file_letters_id_letter_mustache, sizeof file_letters_id_letter_mustache - 1},
    {"rules/at-risk.keep-valuable.json", file_rules_at_risk_keep_valuable_json, sizeof file_rules_at_risk_keep_valuable_json - 1},
    {"rules/at-risk.low-tips.json", file_rules_at_risk_low_tips_json, sizeof file_rules_at_risk_low_tips_json - 1},
    {"rules/high.thank-you.json", file_rules_high_thank_you_json, sizeof file_rules_high_thank_you_json - 1},
    {"rules/lapsed.news-after-a-year.json", file_rules_lapsed_news_after_a_year_json, sizeof file_rules_lapsed_news_after_a_year_json - 1},
    {"rules/lapsed.win-back.json", file_rules_lapsed_win_back_json, sizeof file_rules_lapsed_win_back_json - 1},
    {"rules/low-mid.bigger-basket.json", file_rules_low_mid_bigger_basket_json, sizeof file_rules_low_mid_bigger_basket_json - 1},
    {"rules/low-mid.return.json", file_rules_low_mid_return_json, sizeof file_rules_low_mid_return_json - 1},
    {"rules/low-mid.second-category.json", file_rules_low_mid_second_category_json, sizeof file_rules_low_mid_second_category_json - 1},
    {"rules/loyal.ask-for-word.json", file_rules_loyal_ask_for_word_json, sizeof file_rules_loyal_ask_for_word_json - 1},
    {"rules/mid-high.gift-above-basket.json", file_rules_mid_high_gift_above_basket_json, sizeof file_rules_mid_high_gift_above_basket_json - 1},
    {"rules/new.second-purchase.json", file_rules_new_second_purchase_json, sizeof file_rules_new_second_purchase_json - 1},
    {"rules/prospect.welcome.json", file_rules_prospect_welcome_json, sizeof file_rules_prospect_welcome_json - 1},
    {"rules/won-back.welcome-back.json", file_rules_won_back_welcome_back_json, sizeof file_rules_won_back_welcome_back_json - 1},
    {"templates/en/ask-for-word.mustache", file_templates_en_ask_for_word_mustache, sizeof file_templates_en_ask_for_word_mustache - 1},
    {"templates/en/bigger-basket.mustache", file_templates_en_bigger_basket_mustache, sizeof file_templates_en_bigger_basket_mustache - 1},
    {"templates/en/early-access.mustache", file_templates_en_early_access_mustache, sizeof file_templates_en_early_access_mustache - 1},
    {"templates/en/gift-above-basket.mustache", file_templates_en_gift_above_basket_mustache, sizeof file_templates_en_gift_above_basket_mustache - 1},
    {"templates/en/keep-valuable.mustache", file_templates_en_keep_valuable_mustache, sizeof file_templates_en_keep_valuable_mustache - 1},
    {"templates/en/kind-content.mustache", file_templates_en_kind_content_mustache, sizeof file_templates_en_kind_content_mustache - 1},
    {"templates/en/kind-discount.mustache", file_templates_en_kind_discount_mustache, sizeof file_templates_en_kind_discount_mustache - 1},
    {"templates/en/kind-early-access.mustache", file_templates_en_kind_early_access_mustache, sizeof file_templates_en_kind_early_access_mustache - 1},
    {"templates/en/kind-free-delivery.mustache", file_templates_en_kind_free_delivery_mustache, sizeof file_templates_en_kind_free_delivery_mustache - 1},
    {"templates/en/kind-gift.mustache", file_templates_en_kind_gift_mustache, sizeof file_templates_en_kind_gift_mustache - 1},
    {"templates/en/kind-service.mustache", file_templates_en_kind_service_mustache, sizeof file_templates_en_kind_service_mustache - 1},
    {"templates/en/kind-trial.mustache", file_templates_en_kind_trial_mustache, sizeof file_templates_en_kind_trial_mustache - 1},
    {"templates/en/kind-voucher.mustache", file_templates_en_kind_voucher_mustache, sizeof file_templates_en_kind_voucher_mustache - 1},
    {"templates/en/return.mustache", file_templates_en_return_mustache, sizeof file_templates_en_return_mustache - 1},
    {"templates/en/second-category.mustache", file_templates_en_second_category_mustache, sizeof file_templates_en_second_category_mustache - 1},
    {"templates/en/second-purchase.mustache", file_templates_en_second_purchase_mustache, sizeof file_templates_en_second_purchase_mustache - 1},
    {"templates/en/tips.mustache", file_templates_en_tips_mustache, sizeof file_templates_en_tips_mustache - 1},
    {"templates/en/welcome-back.mustache", file_templates_en_welcome_back_mustache, sizeof file_templates_en_welcome_back_mustache - 1},
    {"templates/en/welcome.mustache", file_templates_en_welcome_mustache, sizeof file_templates_en_welcome_mustache - 1},
    {"templates/en/what-is-new.mustache", file_templates_en_what_is_new_mustache, sizeof file_templates_en_what_is_new_mustache - 1},
    {"templates/en/win-back.mustache", file_templates_en_win_back_mustache, sizeof file_templates_en_win_back_mustache - 1},
    {"templates/id/ask-for-word.mustache", file_templates_id_ask_for_word_mustache, sizeof file_templates_id_ask_for_word_mustache - 1},
    {"templates/id/bigger-basket.mustache", file_templates_id_bigger_basket_mustache, sizeof file_templates_id_bigger_basket_mustache - 1},
    {"templates/id/early-access.mustache", file_templates_id_early_access_mustache, sizeof file_templates_id_early_access_mustache - 1},
    {"templates/id/gift-above-basket.mustache", file_templates_id_gift_above_basket_mustache, sizeof file_templates_id_gift_above_basket_mustache - 1},
    {"templates/id/keep-valuable.mustache", file_templates_id_keep_valuable_mustache, sizeof file_templates_id_keep_valuable_mustache - 1},
    {"templates/id/kind-content.mustache", file_templates_id_kind_content_mustache, sizeof file_templates_id_kind_content_mustache - 1},
    {"templates/id/kind-discount.mustache", file_templates_id_kind_discount_mustache, sizeof file_templates_id_kind_discount_mustache - 1},
    {"templates/id/kind-early-access.mustache", file_templates_id_kind_early_access_mustache, sizeof file_templates_id_kind_early_access_mustache - 1},
    {"templates/id/kind-free-delivery.mustache", file_templates_id_kind_free_delivery_mustache, sizeof file_templates_id_kind_free_delivery_mustache - 1},
    {"templates/id/kind-gift.mustache", file_templates_id_kind_gift_mustache, sizeof file_templates_id_kind_gift_mustache - 1},
    {"templates/id/kind-service.mustache", file_templates_id_kind_service_mustache, sizeof file_templates_id_kind_service_mustache - 1},
    {"templates/id/kind-trial.mustache", file_templates_id_kind_trial_mustache, sizeof file_templates_id_kind_trial_mustache - 1},
    {"templates/id/kind-voucher.mustache", file_templates_id_kind_voucher_mustache, sizeof file_templates_id_kind_voucher_mustache - 1},
    {"templates/id/return.mustache", file_templates_id_return_mustache, sizeof file_templates_id_return_mustache - 1},
    {"templates/id/second-category.mustache", file_templates_id_second_category_mustache, sizeof file_templates_id_second_category_mustache - 1},
    {"templates/id/second-purchase.mustache", file_templates_id_second_purchase_mustache, sizeof file_templates_id_second_purchase_mustache - 1},
    {"templates/id/tips.mustache", file_templates_id_tips_mustache, sizeof file_templates_id_tips_mustache - 1},
    {"templates/id/welcome-back.mustache", file_templates_id_welcome_back_mustache, sizeof file_templates_id_welcome_back_mustache - 1},
    {"templates/id/welcome.mustache", file_templates_id_welcome_mustache, sizeof file_templates_id_welcome_mustache - 1},
    {"templates/id/what-is-new.mustache", file_templates_id_what_is_new_mustache, sizeof file_templates_id_what_is_new_mustache - 1},
    {"templates/id/win-back.mustache", file_templates_id_win_back_mustache, sizeof file_templates_id_win_back_mustache - 1},
    {"texts/en.json", file_texts_en_json, sizeof file_texts_en_json - 1},
    {"texts/id.json", file_texts_id_json, sizeof file_texts_id_json - 1},
    {"themes/contrast.json", file_themes_contrast_json, sizeof file_themes_contrast_json - 1},
    {"themes/dark.json", file_themes_dark_json, sizeof file_themes_dark_json - 1},
    {"themes/light.json", file_themes_light_json, sizeof file_themes_light_json - 1},
};
