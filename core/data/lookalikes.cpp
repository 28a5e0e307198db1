#include "core/data/lookalikes.h"

#include <algorithm>

namespace digitpad {

namespace {

const QString& lookAlikes()
{
    static const QString signs = QStringLiteral("OoQ"         // 0
                                                "IilL|¦"      // 1
                                                "Zz"          // 2
                                                "Ss"          // 5
                                                "bG"          // 6
                                                "B"           // 8
                                                "gq"          // 9
                                                "ØøºΟοσОоӨө°" // 0, slashed or not
                                                "ΙιІіӀӏſ∣ǀ∫ℓ" // 1
                                                "ΖЗзЭэƷʒ"     // 2 and 3
                                                "ЧчЅѕ§"       // 4 and 5
                                                "бδ∂Ββßẞ"     // 6 and 8
                                                "∞ρ");        // 8 on its side, 9 from the other
    return signs;
}

} // namespace

bool looksLikeADigit(const QString& label)
{
    const bool hasNumber =
        std::any_of(label.begin(), label.end(), [](QChar sign) { return sign.isNumber(); });
    return hasNumber || (label.trimmed().size() == 1 && lookAlikes().contains(label.trimmed()));
}

} // namespace digitpad
