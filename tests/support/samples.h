#pragma once

#include "core/image/digitimage.h"
#include "core/image/grayimage.h"
#include "core/ink/ink.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <utility>

/// Small things that several tests draw with.
namespace digitpad::test {

inline Stroke strokeOf(std::initializer_list<std::pair<float, float>> points, float width = 0)
{
    Stroke stroke;
    stroke.width = width;
    for (const auto& [x, y] : points) {
        stroke.points.push_back({x, y});
    }
    return stroke;
}

/// A seven with a bar, in a box of 60 × 100.
inline Ink seven(float scale = 1, float left = 0, float top = 0, float width = 0)
{
    Ink ink;
    const auto add = [&](std::initializer_list<std::pair<float, float>> points) {
        Stroke stroke = strokeOf(points, width);
        for (InkPoint& point : stroke.points) {
            point = {left + scale * point.x, top + scale * point.y};
        }
        ink.add(std::move(stroke));
    };
    add({{0, 0}, {60, 2}, {20, 100}});
    add({{15, 50}, {55, 48}});
    return ink;
}

/// The image enlarged, every pixel `factor` × `factor`, with its corner at (left, top) of a picture of paper.
inline GrayImage magnified(const DigitImage& image, int factor, int left = 0, int top = 0)
{
    GrayImage picture(digitSide * factor + left + 3, digitSide * factor + top + 5);
    for (int y = 0; y < digitSide * factor; ++y) {
        for (int x = 0; x < digitSide * factor; ++x) {
            picture.row(top + y)[left + x] = image.at(x / factor, y / factor);
        }
    }
    return picture;
}

struct Box
{
    int left = digitSide;
    int top = digitSide;
    int right = -1;
    int bottom = -1;

    [[nodiscard]] int longerSide() const { return std::max(right - left, bottom - top) + 1; }
};

inline Box inkOf(const DigitImage& image)
{
    Box box;
    for (int y = 0; y < digitSide; ++y) {
        for (int x = 0; x < digitSide; ++x) {
            if (image.at(x, y) > 0) {
                box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x),
                       std::max(box.bottom, y)};
            }
        }
    }
    return box;
}

/// Centre of mass in pixel-index coordinates.
inline std::pair<double, double> centroid(const DigitImage& image)
{
    double mass = 0;
    double x = 0;
    double y = 0;
    for (int row = 0; row < digitSide; ++row) {
        for (int column = 0; column < digitSide; ++column) {
            mass += image.at(column, row);
            x += column * image.at(column, row);
            y += row * image.at(column, row);
        }
    }
    return {x / mass, y / mass};
}

inline bool isCentred(const DigitImage& image)
{
    const auto [x, y] = centroid(image);
    return x >= 13.5 && x <= 14.5 && y >= 13.5 && y <= 14.5;
}

/// Mean of the absolute differences, in steps of 0–255.
inline double meanDifference(const DigitImage& a, const DigitImage& b)
{
    int sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        sum += std::abs(int{a.pixels[i]} - int{b.pixels[i]});
    }
    return static_cast<double>(sum) / digitPixels;
}

inline int greatestDifference(const DigitImage& a, const DigitImage& b)
{
    int greatest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        greatest = std::max(greatest, std::abs(int{a.pixels[i]} - int{b.pixels[i]}));
    }
    return greatest;
}

inline int brightest(const DigitImage& image)
{
    return *std::max_element(image.pixels.begin(), image.pixels.end());
}

} // namespace digitpad::test
