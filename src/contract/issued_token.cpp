#include "contract/issued_token.h"

#include <algorithm>

#include "contract/token_form.h"

namespace isthmus {
namespace {

struct Issued {
  std::string_view prefix;
  std::size_t least;  // characters behind the prefix
  std::string_view kind;
};

constexpr std::string_view kAws = "an AWS access key";
constexpr std::string_view kGitHub = "a GitHub token";
constexpr std::string_view kGoogle = "a Google API key";
constexpr std::string_view kSlack = "a Slack token";
constexpr std::string_view kStripe = "a Stripe key";

constexpr Issued kIssued[] = {
    {"AKIA", 16, kAws},           {"ASIA", 16, kAws},
    {"AIza", 30, kGoogle},        {"ya29.", 20, kGoogle},
    {"ghp_", 30, kGitHub},        {"gho_", 30, kGitHub},
    {"ghu_", 30, kGitHub},        {"ghs_", 30, kGitHub},
    {"ghr_", 30, kGitHub},        {"xoxa-", 16, kSlack},
    {"xoxb-", 16, kSlack},        {"xoxp-", 16, kSlack},
    {"xoxr-", 16, kSlack},        {"xoxs-", 16, kSlack},
    {"xapp-", 16, kSlack},        {"sk_live_", 16, kStripe},
    {"sk_test_", 16, kStripe},    {"rk_live_", 16, kStripe},
    {"rk_test_", 16, kStripe},    {"npm_", 30, "an npm token"},
    {"github_pat_", 22, kGitHub}, {"glpat-", 20, "a GitLab token"},
};

// As in "-----BEGIN RSA PRIVATE KEY-----".
bool beginsPrivateKey(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  return text.starts_with(kBegin) &&
         text.substr(kBegin.size(), 40).find("PRIVATE KEY-----") != text.npos;
}

bool isIssued(const Issued& issued, std::string_view text) {
  if (!text.starts_with(issued.prefix)) return false;
  const auto rest = text.substr(issued.prefix.size());
  const auto* const end = std::find_if_not(rest.begin(), rest.end(), isBase64Url);
  return end - rest.begin() >= static_cast<std::ptrdiff_t>(issued.least) &&
         std::any_of(rest.begin(), end, isDigit);
}

}  // namespace

std::string_view issuedTokenKind(std::string_view text) {
  if (beginsPrivateKey(text)) return "a private key";
  const auto* const found =
      std::find_if(std::begin(kIssued), std::end(kIssued),
                   [&](const Issued& issued) { return isIssued(issued, text); });
  return found == std::end(kIssued) ? std::string_view() : found->kind;
}

}  // namespace isthmus
