#pragma once

#include <QList>

class QWidget;

namespace digitpad {

class FormSection;
class OptimisationSection;
class RunSection;

/// The sections of the training form, made one at a time: to make all at once takes longer than one turn of
/// the event loop may. They are their parents' to delete. GUI thread only.
class FormSections
{
public:
    /// As a child of `parent`, where it stays out of sight until a layout has it. Not once complete() is
    /// true.
    void makeNext(QWidget* parent);
    [[nodiscard]] bool complete() const;

    /// In the order in which they are shown; those that are made.
    [[nodiscard]] const QList<FormSection*>& all() const { return m_all; }
    /// Null until they are made.
    [[nodiscard]] OptimisationSection* optimisation() const { return m_optimisation; }
    [[nodiscard]] RunSection* run() const { return m_run; }

private:
    QList<FormSection*> m_all;
    OptimisationSection* m_optimisation = nullptr;
    RunSection* m_run = nullptr;
};

} // namespace digitpad
