#pragma once

#include "core/learning/engine.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;

namespace digitpad {

/// Says what a file of a network is that DigitPad did not write, and asks how its images are normalised.
class ForeignModelDialog : public QDialog
{
    Q_OBJECT

public:
    /// `file` is of another kind than DigitPad's own.
    ForeignModelDialog(const QString& fileName, const ModelFileInfo& file, QWidget* parent);

    /// Of the pixels scaled to 0..1; the deviation is above 0.
    [[nodiscard]] PixelStatistics normalization() const;

private:
    void addChoices(const ModelFileInfo& file);
    void onChoice();

    QComboBox* m_choice;
    QDoubleSpinBox* m_mean;
    QDoubleSpinBox* m_deviation;
};

} // namespace digitpad
