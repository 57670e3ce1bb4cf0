#include "contract/pattern/property_name.h"

#include <algorithm>
#include <string>

namespace isthmus {
namespace {

constexpr std::string_view kCategories =
    " LC Cased_Letter Pe Close_Punctuation Pc Connector_Punctuation Cc Control cntrl Sc "
    "Currency_Symbol Pd Dash_Punctuation Nd Decimal_Number digit Me Enclosing_Mark Pf "
    "Final_Punctuation Cf Format Pi Initial_Punctuation L Letter Nl Letter_Number Zl "
    "Line_Separator Ll Lowercase_Letter M Mark Combining_Mark Sm Math_Symbol Lm Modifier_Letter Sk "
    "Modifier_Symbol Mn Nonspacing_Mark N Number Ps Open_Punctuation C Other Lo Other_Letter No "
    "Other_Number Po Other_Punctuation So Other_Symbol Zp Paragraph_Separator Co Private_Use P "
    "Punctuation punct Z Separator Zs Space_Separator Mc Spacing_Mark Cs Surrogate S Symbol Lt "
    "Titlecase_Letter Cn Unassigned Lu Uppercase_Letter ";

constexpr std::string_view kBinary =
    " ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Assigned Bidi_Control Bidi_C Bidi_Mirrored "
    "Bidi_M Case_Ignorable CI Cased Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM "
    "Changes_When_Lowercased CWL Changes_When_NFKC_Casefolded CWKCF Changes_When_Titlecased CWT "
    "Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated Dep Diacritic Dia "
    "Emoji Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase Emoji_Presentation "
    "EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext "
    "Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST ID_Continue IDC ID_Start IDS "
    "Ideographic Ideo Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math "
    "Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS "
    "Quotation_Mark QMark Radical Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD "
    "Terminal_Punctuation Term Unified_Ideograph UIdeo Uppercase Upper Variation_Selector VS "
    "White_Space space XID_Continue XIDC XID_Start XIDS ";

// `names` begins, ends and separates them with a space.
bool lists(std::string_view names, std::string_view name) {
  return !name.empty() && names.find(" " + std::string(name) + " ") != names.npos;
}

// As in Latn, Latin, Old_Italic, Nko, SignWriting.
bool isScript(std::string_view name) {
  return name.size() > 1 && name[0] >= 'A' && name[0] <= 'Z' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
         });
}

}  // namespace

bool isPropertyName(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos) return lists(kCategories, text) || lists(kBinary, text);
  const auto value = text.substr(equals + 1);
  const auto property = text.substr(0, equals);
  if (lists(" gc General_Category ", property)) return lists(kCategories, value);
  return lists(" sc Script scx Script_Extensions ", property) && isScript(value);
}

}  // namespace isthmus
