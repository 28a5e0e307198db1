#include "ui/training/formsections.h"

#include "ui/training/networksection.h"
#include "ui/training/optimisationsection.h"
#include "ui/training/preparationsection.h"
#include "ui/training/regularisationsection.h"
#include "ui/training/runsection.h"
#include "ui/training/schedulesection.h"

#include <array>
#include <cstddef>

namespace digitpad {

namespace {

using Make = FormSection* (*)(QWidget*);

template <class Section>
FormSection* make(QWidget* parent)
{
    return new Section(parent);
}

constexpr std::array<Make, 6> order{make<PreparationSection>,    make<NetworkSection>,
                                    make<OptimisationSection>,   make<ScheduleSection>,
                                    make<RegularisationSection>, make<RunSection>};

} // namespace

void FormSections::makeNext(QWidget* parent)
{
    FormSection* section = order.at(static_cast<std::size_t>(m_all.size()))(parent);
    m_all.append(section);
    if (auto* optimisation = qobject_cast<OptimisationSection*>(section)) {
        m_optimisation = optimisation;
    } else if (auto* run = qobject_cast<RunSection*>(section)) {
        m_run = run;
    }
}

bool FormSections::complete() const
{
    return static_cast<std::size_t>(m_all.size()) == order.size();
}

} // namespace digitpad
