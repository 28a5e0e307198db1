#pragma once

#include "ui/training/formsection.h"

class QDoubleSpinBox;
class QToolButton;

namespace digitpad {

class SeedField;

/// How long, on how much at a time, measured on what, and where.
class RunSection : public FormSection
{
    Q_OBJECT

public:
    explicit RunSection(QWidget* parent = nullptr);

    void store(RunOptions& options) const override;
    void load(const RunOptions& options) override;
    [[nodiscard]] QString summary(const RunOptions& options) const override;
    void setLocked(const QString& reason) override;

    /// `name` of the GPU where there is one that training can use.
    void setCuda(bool there, const QString& name);

private:
    void makeAmounts(FieldGroup* group);
    void makeValidation(FieldGroup* group);
    void makeMore(FieldGroup* more);
    [[nodiscard]] bool inFolds() const;
    void showValidation();

    FieldGroup* m_group = nullptr;
    QComboBox* m_validation = nullptr;
    QDoubleSpinBox* m_split = nullptr;
    QSpinBox* m_folds = nullptr;
    SeedField* m_seed = nullptr;
    QToolButton* m_dice = nullptr;
    QComboBox* m_device = nullptr;
};

} // namespace digitpad
