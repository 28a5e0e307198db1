#include "ui/training/variationlist.h"

#include <QCoreApplication>

namespace digitpad {

namespace {

struct VariationText
{
    Q_DECLARE_TR_FUNCTIONS(VariationText)
};

using Options = AugmentationOptions;

} // namespace

const QList<VariationStep>& usualVariations()
{
    static const QList<VariationStep> steps{
        {&Options::slant, QStringLiteral("shear"), VariationText::tr("Shear"),
         VariationText::tr(
             "Leans each digit to one side, as hands do. Usual strength: 0.5 to 1; at 1 by 0.12 "
             "of the height, as a standard deviation.")},
        {&Options::rotate, QStringLiteral("rotate"), VariationText::tr("Rotate"),
         VariationText::tr("Turns each digit a little. Usual strength: 0.5 to 1; at 1 by 5°, as a standard "
                           "deviation, never by more than 14°.")},
        {&Options::bend, QStringLiteral("elastic"), VariationText::tr("Elastic"),
         VariationText::tr("Bends each digit by slow ripples, as if it were drawn on rubber. Usual strength: "
                           "0.5 to 1; at 1 by 2 % of the size.")},
        {&Options::penWidth, QStringLiteral("strokeWidth"), VariationText::tr("Stroke width"),
         VariationText::tr("Makes lines thicker or thinner, as other pens would. Usual strength: 0.5 to 1.")},
        {&Options::nudge, QStringLiteral("move"), VariationText::tr("Shift"),
         VariationText::tr(
             "Moves pictures, MNIST’s for one, in their 28×28 pixels by up to so many pixels to "
             "each side. Usual: 1 or 2. Strokes are always centred and stay so."),
         1, 3, 1, QStringLiteral("\u00A0px")},
        {&Options::zoom, QStringLiteral("scale"), VariationText::tr("Scale"),
         VariationText::tr("Makes the digit smaller or larger in its 28×28 pixels. Usual strength: 0.5 to 1; "
                           "at 1 by 8 %, as a standard deviation.")},
        {&Options::noise, QStringLiteral("noise"), VariationText::tr("Noise"),
         VariationText::tr("Makes every pixel a little brighter or darker by chance. Usual strength: 0.25 to "
                           "1; at 1 by a tenth of white.")},
    };
    return steps;
}

const QList<VariationStep>& moreVariations()
{
    static const QList<VariationStep> steps{
        {&Options::stretch, QStringLiteral("stretch"), VariationText::tr("Stretch"),
         VariationText::tr("Makes digits wider or narrower. Usual strength: 0.5 to 1; at 1 by 12 %, as a "
                           "standard deviation.")},
        {&Options::shift, QStringLiteral("strokesApart"), VariationText::tr("Strokes apart"),
         VariationText::tr("Moves strokes against each other. Only for digits that are kept as strokes. "
                           "Usual strength: 0.5 to 1.")},
        {&Options::jitter, QStringLiteral("jitter"), VariationText::tr("Jitter"),
         VariationText::tr("Makes strokes tremble a little. Only for digits that are kept as strokes. Usual "
                           "strength: 0.5 to 1.")},
        {&Options::trim, QStringLiteral("trim"), VariationText::tr("Trim"),
         VariationText::tr("Cuts a little off the ends of some strokes. Only for digits that are kept as "
                           "strokes. Usual strength: 0.5 to 1.")},
        {&Options::redraw, QStringLiteral("redraw"), VariationText::tr("Redraw"),
         VariationText::tr("The part of the synthetic samples that is drawn wholly anew, and not varied "
                           "otherwise. Usual: 1."),
         1, 1, 0.1},
        {&Options::plain, QStringLiteral("plain"), VariationText::tr("Part left alone"),
         VariationText::tr("The part of the samples that stays as it is. Usual: 0.1."), 0.1, 1, 0.1},
        {&Options::plainPictures, QStringLiteral("plainPictures"), VariationText::tr("Pictures left alone"),
         VariationText::tr("The part of the pictures that is shifted at most. A picture that is drawn again "
                           "is a little blurred. Usual: 0 to 0.5."),
         0.5, 1, 0.1},
        {&Options::mildPictures, QStringLiteral("mildPictures"), VariationText::tr("Milder pictures"),
         VariationText::tr("How much less pictures vary than strokes: 0.5 is half as much. Usual: 0 to 0.5."),
         0.5, 1, 0.1},
    };
    return steps;
}

} // namespace digitpad
