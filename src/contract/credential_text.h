#pragma once

#include <string_view>

namespace isthmus {

// What kind of credential a text looks like, as in "looks like a bearer token"; empty for none.
// Only the form counts, so that words are no credentials whatever they say:
//
//   a JSON Web Token    three base64url parts between dots, of which the first is the JSON of an
//                       object with `alg`; also inside a longer text, such as a URL
//   a bearer token      "Bearer <token>" where the token looks drawn at random (token_form.h)
//   basic credentials   "Basic <base64>" where that is the base64 of a text with a colon
//   keys and tokens of  a prefix that their issuer gives them, and as much behind it as they have:
//   known issuers       AWS, GitHub, GitLab, Google, npm, Slack, Stripe
//   a private key       its header
//
// Looks at the text a bounded number of times.
std::string_view credentialKind(std::string_view text);

}  // namespace isthmus
