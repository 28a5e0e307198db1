#pragma once

#include <QColor>
#include <QList>

#include <array>
#include <cstddef>

namespace digitpad {

/// How runs are told apart in charts and in their list: by colour and by dashes, both another from one index
/// to the next, so that neither colour vision nor a printer matters. 40 indices in a row differ in at least
/// one of the two.
inline constexpr int runColorCount = 8;
inline constexpr int runDashCount = 5;

/// Any index from 0 on; `dark` for dark grounds. Contrast to white and to #2b2b2e at least 3 : 1; any two of
/// the eight are at least 0.11 apart in Oklab as people see them who lack one kind of cones (Machado et al.,
/// "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009).
inline QColor runColor(int index, bool dark)
{
    constexpr std::array<QRgb, runColorCount> onLight = {0xFF3D3DF2, 0xFFF26100, 0xFF29A674, 0xFF8500A6,
                                                         0xFFA60000, 0xFFAA79F2, 0xFF2D5059, 0xFFA65395};
    constexpr std::array<QRgb, runColorCount> onDark = {0xFF3D85F2, 0xFFF2DA79, 0xFFF279AA, 0xFFA6A600,
                                                        0xFF00C2F2, 0xFFCC33AD, 0xFF668040, 0xFF79F2F2};
    const auto place = static_cast<std::size_t>(index % runColorCount);
    return QColor::fromRgb(dark ? onDark[place] : onLight[place]);
}

/// For QPen::setDashPattern(), in widths of the pen; empty for a solid line.
inline QList<qreal> runDash(int index)
{
    switch (index % runDashCount) {
    case 1:
        return {6, 2.5};
    case 2:
        return {2, 2};
    case 3:
        return {7, 2, 1.5, 2};
    case 4:
        return {10, 3, 3, 3};
    default:
        return {};
    }
}

} // namespace digitpad
