import { ArrowRightIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { brand } from '@/lib/brand'
import { readSignupBonus } from '@/lib/catalog/signup-bonus'
import { formatCredits } from '@/lib/format'
import { hero } from './content'
import { DemoSection } from './demo/demo-section'

export async function Hero() {
  const signupBonus = await readSignupBonus()
  const invitation = signupBonus ? hero.signUpForCredits(formatCredits(signupBonus)) : hero.signUp
  return (
    <section className="mx-auto grid max-w-6xl items-center gap-12 px-4 py-16 sm:px-6 sm:py-24 lg:grid-cols-[5fr_6fr] lg:gap-16">
      <div className="grid gap-7">
        <h1 className="font-semibold text-5xl leading-[1.05] tracking-[-0.035em] sm:text-6xl">
          {brand.tagline}.
        </h1>
        <p className="max-w-lg text-lg text-muted-foreground leading-relaxed">{hero.text}</p>
        <div className="flex flex-wrap gap-3">
          <Button asChild size="lg" className="signed-in:hidden">
            <a href="/signup">
              <span>{invitation}</span>
              <ArrowRightIcon aria-hidden />
            </a>
          </Button>
          <Button asChild size="lg" className="signed-out:hidden">
            <a href="/dashboard">
              <span>{hero.openDashboard}</span>
              <ArrowRightIcon aria-hidden />
            </a>
          </Button>
          <Button asChild size="lg" variant="outline">
            <a href="#how-it-works">{hero.more}</a>
          </Button>
        </div>
      </div>
      <DemoSection signupBonus={signupBonus} />
    </section>
  )
}
